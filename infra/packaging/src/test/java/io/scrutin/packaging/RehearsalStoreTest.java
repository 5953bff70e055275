package io.scrutin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The clients that functions have take them for stores. */
final class RehearsalStoreTest {
  private static Connection connect(RehearsalStore postgres) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/scrutin?user=any&connectTimeout=5&socketTimeout=5"
            .formatted(postgres.port()));
  }

  @Test
  void answersTheDriverAsAPostgresWhoseTablesAreEmpty() throws Exception {
    try (RehearsalStore store = RehearsalStore.that(new RehearsalPostgres(Map.of()));
        Connection connection = connect(store)) {
      assertThat(connection.isValid(5)).isTrue();
      connection.setAutoCommit(false);
      for (int more = 0; more < 10; more++) {
        try (PreparedStatement select = connection.prepareStatement("SELECT a FROM b WHERE c = ?");
            PreparedStatement insert =
                connection.prepareStatement(
                    "INSERT INTO b SELECT unnest(?::bytea[]) ON CONFLICT DO NOTHING RETURNING a")) {
          select.setString(1, "x");
          assertThat(select.executeQuery().next()).isFalse();
          insert.setArray(1, connection.createArrayOf("bytea", new byte[][] {{1, 0, 2}}));
          assertThat(insert.executeQuery().next()).isFalse();
        }
        connection.commit();
      }
      connection.setAutoCommit(true);
      try (Statement update = connection.createStatement()) {
        assertThat(update.executeUpdate("UPDATE b SET a = 1")).isZero();
      }
    }
  }

  @Test
  void findsTheRowThatItWasGiven() throws Exception {
    var rows = Map.of("SELECT name, at", List.of("{\"loi\":\"é\"}", "2100-01-01 00:00:00+00"));
    try (RehearsalStore store = RehearsalStore.that(new RehearsalPostgres(rows));
        Connection connection = connect(store);
        PreparedStatement select = connection.prepareStatement("SELECT name, at FROM laws");
        ResultSet found = select.executeQuery()) {
      assertThat(found.next()).isTrue();
      assertThat(found.getString(1)).isEqualTo("{\"loi\":\"é\"}");
      assertThat(found.getTimestamp(2).toInstant())
          .isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
      assertThat(found.next()).isFalse();
    }
  }

  @Test
  void answersTheClientOfRedis() throws Exception {
    try (RehearsalStore store = RehearsalStore.that(new RehearsalRedis());
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + store.port());
        StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.sync().smismember("roll", "voter")).containsExactly(true);
      assertThat(connection.sync().get("nothing")).isNull();
      assertThat(connection.sync().ping()).isEqualTo("PONG");
    }
  }
}
