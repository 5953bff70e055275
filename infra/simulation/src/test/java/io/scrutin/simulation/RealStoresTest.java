package io.scrutin.simulation;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Contest;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

final class RealStoresTest extends StorePromises {
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final String environment = TestRedis.freshPrefix();
  private final RedisLink redis = new RedisLink(TestRedis.url());

  @AfterEach
  void disconnect() {
    redis.close();
  }

  @Override
  void with(Body body) throws Exception {
    body.run();
  }

  @Override
  DataSource database(String function) {
    return database.dataSource(function);
  }

  @Override
  RedisLink redis() {
    return redis;
  }

  @Override
  String environment() {
    return environment;
  }

  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  private <T> T ask(String sql, Reading<T> reading) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return reading.of(rows);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  void open(Contest contest) throws SQLException {
    database.open(contest);
  }

  @Override
  void putRoll(boolean complete, Tag... tags) throws SQLException {
    execute(
        "INSERT INTO roll.roll VALUES ('%s', 1, 'hmac-sha256', %s)"
            .formatted(Election.LAW, complete ? "now()" : "null"));
    for (Tag tag : tags) {
      execute(
          "INSERT INTO roll.voter SELECT number, '\\x%s' FROM roll.roll WHERE law_id = '%s'"
              .formatted(tag.bytes().hex(), Election.LAW));
    }
  }

  @Override
  void index(Tag tag) {
    RedisClient client = RedisClient.create(TestRedis.url());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      String key =
          RollBuckets.key(environment, "valid_hashes", Election.LAW, RollBuckets.bucket(tag));
      connection
          .sync()
          .sadd(key, Long.toString(RollBuckets.SENTINEL), Long.toString(RollBuckets.prefix(tag)));
    } finally {
      client.shutdown();
    }
  }

  private static Map<String, Long> counts(ResultSet rows) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    while (rows.next()) {
      counts.put(rows.getString(1), rows.getLong(2));
    }
    return counts;
  }

  @Override
  Map<String, Long> box() throws SQLException {
    return ask(
        "SELECT choice, count(*) FROM tally.ballot_box GROUP BY choice", RealStoresTest::counts);
  }

  @Override
  Map<String, Long> tally() throws SQLException {
    return ask("SELECT choice, votes FROM tally.tally", RealStoresTest::counts);
  }

  @Override
  long envelopes() throws SQLException {
    return ask(
        "SELECT count(*) FROM store.envelope",
        rows -> {
          rows.next();
          return rows.getLong(1);
        });
  }

  @Override
  List<Integer> attempts() throws SQLException {
    return ask(
        "SELECT attempt FROM audit.duplicate_attempts ORDER BY attempt",
        rows -> {
          List<Integer> attempts = new ArrayList<>();
          while (rows.next()) {
            attempts.add(rows.getInt(1));
          }
          return attempts;
        });
  }
}
