package io.scrutin.servers;

import java.nio.file.Path;

/** Who may connect to a Postgres of ours, from this machine. */
public sealed interface PostgresAccess {
  /** Everybody, as whom they like: for tests. */
  record Trust() implements PostgresAccess {}

  /**
   * With a password. The superuser's is the one line of that file, and is set when the data folder
   * is made.
   */
  record Passwords(Path superuserFile) implements PostgresAccess {}
}
