package io.scrutin.hashgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.scrutin.credential.RollBuckets;
import io.scrutin.hashgen.Shell.Answer;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One copy of the roll is made wrong at a time. */
class VerifyTest {
  @TempDir Path dir;
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final String prefix = TestRedis.freshPrefix();
  private RedisClient client;
  private RedisCommands<String, String> redis;
  private Shell shell;
  private Path roll;
  private String tag = "";
  private String key = "";

  @BeforeEach
  void loaded() throws Exception {
    client = RedisClient.create(TestRedis.url());
    redis = client.connect().sync();
    shell = new Shell(dir).on(database, TestRedis.url(), prefix);
    roll = dir.resolve("rolls").resolve("law-1");
    shell.generate(Voters.rows(1, 300, "law-1"), 100, dir.resolve("rolls"));
    assertThat(shell.run("load", "--in", roll).exit()).isZero();
    tag = one("SELECT encode(tag, 'hex') FROM roll.voter ORDER BY tag OFFSET 150 LIMIT 1");
    int bucket = Integer.parseInt(tag.substring(0, 4), 16) >> 1;
    key = RollBuckets.key(prefix, "valid_hashes", "law-1", bucket);
  }

  @AfterEach
  void disconnected() {
    client.shutdown();
  }

  private String one(String select) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void assertFinds(String difference) {
    Answer answer = shell.run("verify", "--in", roll);
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out()).contains(difference).contains("law-1: 300 voters, 1 differences");
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    Answer answer = shell.run("verify", "--in", roll);
    assertThat(answer.exit()).as(answer.out()).isZero();
    assertThat(answer.out()).contains("law-1: 300 voters, 0 differences");
  }

  @Test
  void findsAVoterWhomPostgresLacks() throws SQLException {
    execute("DELETE FROM roll.voter WHERE tag = '\\x" + tag + "'");
    assertFinds("in the shards, not in Postgres: " + tag);
  }

  @Test
  void findsAVoterWhomPostgresHasBeside() throws SQLException {
    execute("INSERT INTO roll.voter SELECT number, decode(repeat('ff', 32), 'hex') FROM roll.roll");
    assertFinds("in Postgres, not in the shards: ffff");
  }

  @Test
  void findsAVoterWhomRedisLacks() {
    redis.srem(key, Long.toString(Long.parseUnsignedLong(tag.substring(4, 20), 16)));
    assertFinds("in the shards, not in Redis: " + tag);
  }

  @Test
  void findsAMemberThatRedisHasBeside() {
    redis.sadd(key, "1");
    assertFinds("in Redis, not in the shards: ");
  }

  @Test
  void findsABucketWithoutItsSentinel() {
    redis.srem(key, Long.toString(RollBuckets.SENTINEL));
    assertFinds("Redis has no sentinel for bucket");
  }

  @Test
  void findsAShardThatWasChanged() throws IOException {
    Path shard = roll.resolve("shard-0003.json");
    String content = Files.readString(shard);
    Files.writeString(shard, content.stripTrailing() + " ");
    assertFinds("the shards are not the manifest's");
  }

  @Test
  void findsARollThatIsNotComplete() throws SQLException {
    execute("UPDATE roll.roll SET complete_at = NULL");
    assertFinds("it is not complete");
  }

  @Test
  void findsAShardThatWasNeverRecorded() throws SQLException {
    execute("DELETE FROM roll.shard WHERE shard = 2");
    assertFinds("shard 2 is not recorded");
  }

  @Test
  void listsAHundredDifferencesAndTheirNumber() throws SQLException {
    execute("DELETE FROM roll.voter");
    Answer answer = shell.run("verify", "--in", roll);
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out().lines().filter(line -> line.contains("not in Postgres"))).hasSize(100);
    assertThat(answer.out()).contains("and 200 more", "300 differences");
  }
}
