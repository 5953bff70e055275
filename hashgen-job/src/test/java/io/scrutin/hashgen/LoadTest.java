package io.scrutin.hashgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.scrutin.console.Surroundings;
import io.scrutin.credential.RollBuckets;
import io.scrutin.hashgen.Shell.Answer;
import io.scrutin.servers.RedisServer;
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
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTest {
  private static final int VOTERS = 500;
  private static final List<String> ROWS = Voters.rows(1, VOTERS, "law-1");

  @TempDir Path dir;
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final String prefix = TestRedis.freshPrefix();
  private RedisClient client;
  private RedisCommands<String, String> redis;
  private Shell shell;
  private Path rolls;

  @BeforeEach
  void generated() throws Exception {
    client = RedisClient.create(TestRedis.url());
    redis = client.connect().sync();
    shell = new Shell(dir).on(database, TestRedis.url(), prefix);
    rolls = dir.resolve("rolls");
    shell.generate(ROWS, 100, rolls);
  }

  @AfterEach
  void disconnected() {
    client.shutdown();
  }

  private Answer load() {
    return shell.run("load", "--in", rolls);
  }

  private Answer verify() {
    return shell.run("verify", "--in", rolls);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String one(String select) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private String key(int bucket) {
    return RollBuckets.key(prefix, "valid_hashes", "law-1", bucket);
  }

  /** A bucket that somebody is in. */
  private int usedBucket() throws SQLException {
    String tag = one("SELECT left(encode(tag, 'hex'), 4) FROM roll.voter ORDER BY tag LIMIT 1");
    return Integer.parseInt(tag, 16) >> 1;
  }

  private Path shard(int number) {
    return rolls.resolve("law-1").resolve("shard-000" + number + ".json");
  }

  @Test
  void fillsPostgresAndRedisAndFindsNothingNewTheNextTime() throws SQLException {
    Answer first = load();
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("law-1: complete with 500 voters");
    assertThat(one("SELECT count(*) FROM roll.voter")).isEqualTo("500");
    assertThat(one("SELECT complete_at IS NOT NULL FROM roll.roll")).isEqualTo("t");
    Answer again = load();
    assertThat(again.exit()).isZero();
    assertThat(again.out()).contains("nothing to do");
    assertThat(verify().exit()).isZero();
  }

  @Test
  void hasNothingToDoInAFolderWithoutRolls() throws IOException {
    Path empty = Files.createDirectories(dir.resolve("empty"));
    assertThat(shell.run("load", "--in", empty).exit()).isZero();
    assertThat(shell.run("verify", "--in", empty).exit()).isEqualTo(1);
  }

  @Test
  void refusesAShardThatWasChangedAndIsNotComplete() throws Exception {
    String content = Files.readString(shard(3));
    int at = content.indexOf("\",", 200) - 1;
    char other = content.charAt(at) == 'a' ? 'b' : 'a';
    Files.writeString(shard(3), content.substring(0, at) + other + content.substring(at + 1));
    Answer answer = load();
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("shard-0003.json").contains("generate the roll again");
    assertThat(one("SELECT count(*) FROM roll.shard")).isEqualTo("2");
    assertThat(one("SELECT complete_at IS NULL FROM roll.roll")).isEqualTo("t");
    Files.writeString(shard(3), content);
    assertThat(load().exit()).isZero();
    assertThat(verify().exit()).isZero();
  }

  @Test
  void refusesAShardThatIsMissingOrCutOffAtOnce() throws Exception {
    Files.writeString(shard(2), Files.readString(shard(2)).substring(1));
    assertThat(load().err()).contains("shard-0002.json");
    Files.delete(shard(2));
    assertThat(load().exit()).isEqualTo(1);
    assertThat(one("SELECT count(*) FROM roll.roll")).isEqualTo("0");
  }

  @Test
  void refusesANewRollBesideTheOldOneSinceItWouldBeASecondVote() throws Exception {
    load();
    rolls = dir.resolve("other");
    shell.generate(Voters.rows(1, 501, "law-1"), 100, rolls);
    Answer answer = load();
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("second vote");
    assertThat(one("SELECT count(*) FROM roll.voter")).isEqualTo("500");
  }

  @Test
  void refusesARollOfAnotherPepperThanSubmits() throws Exception {
    shell.pepper("fedcba9876543210".repeat(4));
    Answer answer = load();
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("another pepper").doesNotContain("fedcba");
    assertThat(one("SELECT count(*) FROM roll.roll")).isEqualTo("0");
  }

  @Test
  void wantsToKnowSubmitsPepperOrItsIdBeforeItLoadsAnything() throws Exception {
    String id = RollFolder.read(rolls.resolve("law-1")).manifest().keyId();
    shell.with(Surroundings.PEPPER_FILE, "");
    Answer unknown = load();
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("SCRUTIN_PEPPER_FILE", "--key-id");
    Answer other = shell.run("load", "--in", rolls, "--key-id", "0123456789abcdef");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("another pepper (key " + id + ")");
    assertThat(shell.run("load", "--in", rolls, "--key-id", "12345").exit()).isEqualTo(2);
    assertThat(one("SELECT count(*) FROM roll.roll")).isEqualTo("0");
    assertThat(shell.run("load", "--in", rolls, "--key-id", id).exit()).isZero();
  }

  @Test
  void takesThePlaceOfARollThatNobodyIsOn() throws SQLException {
    execute("INSERT INTO roll.roll (law_id, size, scheme) VALUES ('law-1', 1, 'sha256')");
    assertThat(load().exit()).isZero();
    assertThat(verify().exit()).isZero();
  }

  @Test
  void doesNotTrustSentinelsOfARollThatPostgresHasLost() throws Exception {
    load();
    execute("TRUNCATE roll.roll, roll.voter, roll.shard");
    rolls = dir.resolve("other");
    shell.generate(Voters.rows(1_000, 500, "law-1"), 100, rolls);
    assertThat(load().exit()).isZero();
    assertThat(verify().exit()).isZero();
  }

  @Test
  void fillsBucketsThatRedisLostAndLeavesTheOthers() throws SQLException {
    load();
    int bucket = usedBucket();
    redis.del(key(bucket));
    assertThat(load().exit()).isZero();
    assertThat(redis.sismember(key(bucket), Long.toString(RollBuckets.SENTINEL))).isTrue();
    assertThat(verify().exit()).isZero();
  }

  @Test
  void callsNoRollCompleteWhileRedisIsAway() throws Exception {
    RedisServer own = TestRedis.own();
    shell.with(Surroundings.REDIS_URL, own.url());
    own.kill();
    Answer answer = load();
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("Redis does not answer", "Start the command again");
    assertThat(one("SELECT count(*) FROM roll.roll WHERE complete_at IS NOT NULL")).isEqualTo("0");
  }

  @Test
  void isHarmlessTwiceAtOnce() throws Exception {
    try (ExecutorService together = Executors.newFixedThreadPool(2)) {
      Callable<Answer> one = this::load;
      for (Future<Answer> each : together.invokeAll(List.of(one, one))) {
        assertThat(each.get().exit()).as(each.get().err()).isZero();
      }
    }
    assertThat(verify().exit()).isZero();
  }

  @Test
  void rebuildsRedisFromPostgresAndRemovesWhatDoesNotBelong() throws SQLException {
    assertThat(shell.run("rebuild", "--law", "law-1").exit()).isEqualTo(1);
    load();
    int bucket = usedBucket();
    redis.del(key(bucket));
    redis.sadd(key((bucket + 1) % RollBuckets.BUCKETS), "12345");
    Answer answer = shell.run("rebuild", "--law", "law-1");
    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.out()).contains("500 voters in Redis");
    assertThat(verify().exit()).isZero();
  }
}
