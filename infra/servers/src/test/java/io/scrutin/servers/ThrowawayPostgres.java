package io.scrutin.servers;

import java.nio.file.Path;

/** A Postgres for one test. */
final class ThrowawayPostgres {
  private ThrowawayPostgres() {}

  static PostgresServer start(ServerPrograms programs, Path dir) {
    return PostgresServer.start(
        programs, dir, 0, new PostgresAccess.Trust(), PostgresDurability.PROCESS_CRASH);
  }
}
