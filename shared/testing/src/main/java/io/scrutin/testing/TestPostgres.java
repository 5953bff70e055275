package io.scrutin.testing;

import io.scrutin.postgres.CreateDatabase;
import io.scrutin.postgres.Migrate;
import io.scrutin.servers.PostgresAccess;
import io.scrutin.servers.PostgresDurability;
import io.scrutin.servers.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Postgres for tests: one server a JVM, started when first asked for, and a database a test. */
public final class TestPostgres {
  private static final String TEMPLATE = "template_scrutin";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** The server that all tests of this JVM share, with one migrated database to copy. */
  private static final class Shared {
    static final PostgresServer SERVER = start();

    static {
      migrated(SERVER, TEMPLATE);
    }
  }

  /** A server that a test may stop, kill and start again. */
  public record Own(PostgresServer server, TestDatabase database) implements AutoCloseable {
    @Override
    public void close() {
      server.close();
    }
  }

  private TestPostgres() {}

  public static TestDatabase freshDatabase() {
    String name = "test_" + COUNT.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(Shared.SERVER.url(), PostgresServer.SUPERUSER, "");
        Statement create = connection.createStatement()) {
      create.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    } catch (SQLException failure) {
      throw new IllegalStateException("no database for the test", failure);
    }
    return new TestDatabase(Shared.SERVER.jdbcUrl(name));
  }

  public static Own own() {
    PostgresServer server = start();
    return new Own(server, migrated(server, "scrutin"));
  }

  private static PostgresServer start() {
    return TestFolders.untilExit(
        PostgresServer.start(
            TestFolders.PROGRAMS,
            TestFolders.fresh("postgres"),
            0,
            new PostgresAccess.Trust(),
            PostgresDurability.PROCESS_CRASH));
  }

  private static TestDatabase migrated(PostgresServer server, String database) {
    String url = server.jdbcUrl(database);
    try {
      CreateDatabase.ifAbsent(server.url(), PostgresServer.SUPERUSER, "", database);
      Migrate.migrate(url, PostgresServer.SUPERUSER, "", Map.of());
    } catch (SQLException failure) {
      throw new IllegalStateException("the migrations failed", failure);
    }
    return new TestDatabase(url);
  }
}
