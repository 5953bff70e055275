package io.scrutin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import io.scrutin.verify.Roll.Credential;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollTest {
  private static final String LAW = "law-1";
  private static final RollEntry ON_ROLL = new RollEntry.OnRoll();
  private static final RollEntry NOT_ON_ROLL = new RollEntry.NotOnRoll("hmac-sha256");
  private static final RollEntry ROLL_INCOMPLETE = new RollEntry.RollIncomplete();

  private final TestDatabase database = TestPostgres.freshDatabase();
  private final String environment = TestRedis.freshPrefix();
  private RedisLink redis;
  private RedisClient client;
  private StatefulRedisConnection<String, String> index;
  private Roll roll;

  @BeforeEach
  void connect() {
    redis = new RedisLink(TestRedis.url());
    client = RedisClient.create(TestRedis.url());
    index = client.connect();
    roll = new Roll(redis, database.dataSource("verify"), environment);
  }

  @AfterEach
  void disconnect() {
    redis.close();
    client.shutdown();
  }

  private static Credential credential(int number) {
    byte[] bytes = new byte[Tag.LENGTH_BYTES];
    Arrays.fill(bytes, (byte) number);
    return new Credential(LAW, Tag.of(bytes));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void enroll(Credential credential) throws SQLException {
    execute(
        "INSERT INTO roll.voter SELECT number, '\\x%s' FROM roll.roll WHERE law_id = '%s'"
            .formatted(credential.tag().bytes().hex(), credential.lawId()));
  }

  private void announceRoll(boolean complete) throws SQLException {
    execute(
        "INSERT INTO roll.roll VALUES ('%s', 1, 'hmac-sha256', %s)"
            .formatted(LAW, complete ? "now()" : "null"));
  }

  private void index(Credential credential, boolean withSentinel) {
    String key =
        RollBuckets.key(environment, "valid_hashes", LAW, RollBuckets.bucket(credential.tag()));
    index.sync().sadd(key, Long.toString(RollBuckets.prefix(credential.tag())));
    if (withSentinel) {
      index.sync().sadd(key, Long.toString(RollBuckets.SENTINEL));
    }
  }

  private RollEntry lookUp(Credential credential) throws SQLException {
    return Objects.requireNonNull(roll.lookUp(Set.of(credential)).get(credential));
  }

  @Test
  void findsInRedisWhatIsLoadedThere() throws SQLException {
    index(credential(1), true);
    assertThat(lookUp(credential(1))).isEqualTo(ON_ROLL);
  }

  @Test
  void asksPostgresBeforeRefusing() throws SQLException {
    announceRoll(true);
    enroll(credential(1));
    assertThat(lookUp(credential(1))).isEqualTo(ON_ROLL);
    assertThat(lookUp(credential(2))).isEqualTo(NOT_ON_ROLL);
  }

  @Test
  void refusesNobodyWhileTheRollIsLoading() throws SQLException {
    announceRoll(false);
    assertThat(lookUp(credential(1))).isEqualTo(ROLL_INCOMPLETE);
  }

  @Test
  void refusesNobodyOfALawWithoutARoll() throws SQLException {
    assertThat(lookUp(credential(1))).isEqualTo(ROLL_INCOMPLETE);
  }

  @Test
  void doesNotBelieveABucketWithoutItsSentinel() throws SQLException {
    announceRoll(true);
    index(credential(1), false);
    assertThat(lookUp(credential(1))).isEqualTo(NOT_ON_ROLL);
  }

  @Test
  void findsInPostgresWhatAFlushedRedisForgot() throws SQLException {
    announceRoll(true);
    enroll(credential(1));
    index(credential(1), true);
    index.sync().del(index.sync().keys(environment + "*").toArray(String[]::new));
    assertThat(lookUp(credential(1))).isEqualTo(ON_ROLL);
  }

  @Test
  void doesWithoutRedis() throws SQLException {
    announceRoll(true);
    enroll(credential(1));
    try (RedisLink away = new RedisLink("redis://127.0.0.1:1")) {
      Roll alone = new Roll(away, database.dataSource("verify"), environment);
      assertThat(alone.lookUp(Set.of(credential(1), credential(2))))
          .isEqualTo(Map.of(credential(1), ON_ROLL, credential(2), NOT_ON_ROLL));
    }
  }
}
