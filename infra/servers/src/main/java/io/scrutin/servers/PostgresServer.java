package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Postgres server that keeps what it says it keeps. */
public final class PostgresServer extends Server {
  public static final String SUPERUSER = "postgres";

  /** It ends all connections, then writes a checkpoint. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private PostgresServer(ServerFolder folder, PostgresCluster cluster) {
    // SIGINT is its "fast" stop; at SIGTERM it would wait for all clients to leave by themselves.
    super(new Life(new ServerProcess(folder, "INT"), cluster::prepare, STOP_LIMIT));
  }

  /**
   * @param port 0 for any free one
   */
  public static PostgresServer start(
      ServerPrograms programs, Path dir, int port, PostgresAccess access) {
    return start(programs, dir, port, access, PostgresDurability.POWER_LOSS);
  }

  public static PostgresServer start(
      ServerPrograms programs,
      Path dir,
      int port,
      PostgresAccess access,
      PostgresDurability durability) {
    try {
      ServerFolder folder = ServerFolder.of(dir, "postgres");
      PostgresCluster cluster = PostgresCluster.in(folder, programs, access, durability);
      PostgresServer server = new PostgresServer(folder, cluster);
      server.begin(folder.data().toString(), port);
      return server;
    } catch (IOException failure) {
      throw new ServerUnavailable("Postgres did not start: " + failure.getMessage(), failure);
    }
  }

  /** A new superuser's password, in a file that only its owner reads; kept if there is one. */
  public static PostgresAccess withPasswordIn(Path file) throws IOException {
    if (!Files.exists(file)) {
      SecretFile.write(file, SecretFile.newPassword());
    }
    return new PostgresAccess.Passwords(file);
  }

  /** The superuser's database; of it, {@link #jdbcUrl} names others. */
  @Override
  public String url() {
    return jdbcUrl(SUPERUSER);
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
  }
}
