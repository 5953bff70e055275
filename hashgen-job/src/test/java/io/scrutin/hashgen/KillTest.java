package io.scrutin.hashgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in {@code load}: whenever it comes, starting it again ends in a clean verify. */
class KillTest {
  private static final int VOTERS = 6_000;
  private static final int SHARD_COUNT = 500;
  private static final List<String> FAST_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  @TempDir Path dir;
  private final TestDatabase database = TestPostgres.freshDatabase();
  private Shell shell;
  private Path rolls;
  private int shards;

  @BeforeEach
  void generated() throws Exception {
    shell = new Shell(dir).on(database, TestRedis.url(), TestRedis.freshPrefix());
    rolls = dir.resolve("rolls");
    shell.generate(Voters.rows(1, VOTERS, "law-1"), SHARD_COUNT, rolls);
    shards = RollFolder.read(rolls.resolve("law-1")).manifest().shards().size();
  }

  private Process load() throws Exception {
    return Child.command(shell, FAST_START, "load", "--in", rolls.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private long loadedShards() throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM roll.shard")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void assertThatStartingAgainEndsClean() {
    assertThat(shell.run("load", "--in", rolls).exit()).isZero();
    Shell.Answer verified = shell.run("verify", "--in", rolls);
    assertThat(verified.exit()).as(verified.out()).isZero();
  }

  @Test
  void atEachThirdShardLosesAndDoublesNobody() throws Exception {
    int kills = 0;
    for (int shard = 1; shard < shards; shard += 3) {
      Process load = load();
      int enough = shard;
      Await.until(
          Duration.ofSeconds(60),
          () -> loadedShards() >= enough || !load.isAlive(),
          "shard " + shard + " is in");
      kills += load.isAlive() ? 1 : 0;
      load.destroyForcibly().waitFor();
    }
    assertThat(kills).as("killed while it ran").isPositive();
    assertThatStartingAgainEndsClean();
  }

  @Test
  void atAnyMomentLosesAndDoublesNobody() throws Exception {
    Random random = new Random(11);
    long whole = System.nanoTime();
    Process first = load();
    first.waitFor(1, TimeUnit.MINUTES);
    whole = System.nanoTime() - whole;
    assertThatStartingAgainEndsClean();
    for (int kill = 0; kill < 6; kill++) {
      // Redis keeps what it has: the sentinels of the roll before must not vouch for this one.
      emptyPostgres();
      Process load = load();
      // A bounded wait for its end, which is what a kill at a random moment is.
      load.waitFor(whole / 4 + random.nextLong(whole * 3 / 4), TimeUnit.NANOSECONDS);
      load.destroyForcibly().waitFor();
      assertThatStartingAgainEndsClean();
    }
  }

  private void emptyPostgres() throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE roll.roll, roll.voter, roll.shard");
    }
  }
}
