package io.scrutin.hashgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who works on a roll, and for how long somebody who is gone keeps others from it. */
class LockTest {
  @TempDir Path dir;

  private static Connection asHashgen(TestDatabase database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), "scrutin_hashgen", "trusted");
  }

  @Test
  void saysThatAnotherIsAtWorkAndThenGoesOn() throws Exception {
    Path rolls = dir.resolve("rolls");
    TestDatabase database = TestPostgres.freshDatabase();
    Shell shell = new Shell(dir).on(database, TestRedis.url(), TestRedis.freshPrefix());
    shell.generate(Voters.rows(1, 20, "law-1"), 10, rolls);
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    List<String> words = List.of("load", "--in", rolls.toString());
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Integer> exit;
      try (Connection first = asHashgen(database);
          Statement statement = first.createStatement()) {
        statement.execute("SELECT pg_advisory_lock(hashtext('scrutin roll'), hashtext('law-1'))");
        exit = other.submit(() -> HashgenCommand.run(words, shell.environment(), writer, writer));
        Await.until(
            () -> out.toString().contains("law-1: another load or rebuild is at work on it"),
            "it says why it waits");
        assertThat(exit.isDone()).isFalse();
      }
      assertThat(exit.get()).as(out.toString()).isZero();
    }
  }

  /** In a database that was migrated itself: a copy of one does not have its settings. */
  @Test
  void losesASessionWhoseMachineIsGone() throws SQLException {
    try (TestPostgres.Own own = TestPostgres.own();
        Connection connection = asHashgen(own.database());
        Statement statement = connection.createStatement()) {
      Map<String, String> wanted =
          Map.of(
              "idle_session_timeout", "5min",
              "idle_in_transaction_session_timeout", "5min",
              "statement_timeout", "30min",
              "tcp_keepalives_idle", "30",
              "tcp_keepalives_interval", "10",
              "tcp_keepalives_count", "3",
              "tcp_user_timeout", "60000");
      for (Map.Entry<String, String> setting : wanted.entrySet()) {
        try (ResultSet row = statement.executeQuery("SHOW " + setting.getKey())) {
          row.next();
          assertThat(row.getString(1)).as(setting.getKey()).isEqualTo(setting.getValue());
        }
      }
    }
  }
}
