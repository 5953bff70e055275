package io.scrutin.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.credential.Code;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.credential.Nas;
import io.scrutin.event.Tag;
import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.redis.RedisLink;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import io.scrutin.verify.Roll.Credential;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Voters vote while their roll is being loaded: each is found, or told to wait. */
class RollWhileLoadingTest {
  private static final int VOTERS = 3_000;
  private static final String LAW = "law-1";

  private enum Heard {
    FOUND,
    WAIT,
    REFUSED
  }

  @TempDir Path dir;
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final String environment = TestRedis.freshPrefix();
  private final List<Credential> voters = new ArrayList<>();
  private Map<String, String> surroundings = Map.of();

  @BeforeEach
  void generate() throws IOException {
    byte[] pepper = new byte[32];
    KeyFile.write(dir.resolve("pepper.key"), pepper);
    Files.writeString(dir.resolve("hashgen"), "trusted");
    surroundings =
        Map.of(
            "SCRUTIN_PEPPER_FILE", dir.resolve("pepper.key").toString(),
            "SCRUTIN_POSTGRES_URL", database.jdbcUrl(),
            "SCRUTIN_POSTGRES_PASSWORDS_DIR", dir.toString(),
            "SCRUTIN_REDIS_URL", TestRedis.url(),
            "SCRUTIN_ENVIRONMENT", environment);
    HmacTags tags = new HmacTags(pepper);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < VOTERS; i++) {
      Nas nas = nas(i);
      Code code = new Code("CODE%04d".formatted(i));
      rows.add(nas.digits() + "," + code.text() + "," + LAW);
      voters.add(new Credential(LAW, tags.tag(nas, code, LAW)));
    }
    Path csv = Files.write(dir.resolve("roll.csv"), rows);
    hashgen("generate", "--in", csv, "--out", dir.resolve("rolls"), "--shard-size", "100");
  }

  private static Nas nas(int index) {
    for (int check = 0; check < 10; check++) {
      Nas nas = Nas.parse("%08d%d".formatted(index, check)).orElse(null);
      if (nas != null) {
        return nas;
      }
    }
    throw new AssertionError("one of ten digits checks the others");
  }

  private void hashgen(Object... words) {
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    List<String> arguments = List.of(words).stream().map(Object::toString).toList();
    int exit = HashgenCommand.run(arguments, surroundings, writer, writer);
    assertThat(exit).as(said.toString()).isZero();
  }

  @Test
  void refusesNoVoterAtAnyMomentOfALoad() throws SQLException {
    Random random = new Random(3);
    Credential stranger = new Credential(LAW, Tag.of(new byte[Tag.LENGTH_BYTES]));
    Map<Heard, Integer> heard = new EnumMap<>(Heard.class);
    try (RedisLink redis = new RedisLink(TestRedis.url())) {
      Roll roll = new Roll(redis, database.dataSource("verify"), environment);
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(() -> hashgen("load", "--in", dir.resolve("rolls")));
      while (!load.isDone()) {
        Set<Credential> asked = new HashSet<>();
        for (int i = 0; i < 20; i++) {
          asked.add(voters.get(random.nextInt(VOTERS)));
        }
        roll.lookUp(asked).values().forEach(entry -> heard.merge(hear(entry), 1, Integer::sum));
      }
      load.join();
      assertThat(roll.lookUp(Set.copyOf(voters)).values())
          .allMatch(entry -> hear(entry) == Heard.FOUND);
      assertThat(hear(Objects.requireNonNull(roll.lookUp(Set.of(stranger)).get(stranger))))
          .isEqualTo(Heard.REFUSED);
    }
    assertThat(heard).containsKeys(Heard.FOUND, Heard.WAIT).doesNotContainKey(Heard.REFUSED);
  }

  private static Heard hear(RollEntry entry) {
    return switch (entry) {
      case RollEntry.OnRoll _ -> Heard.FOUND;
      case RollEntry.NotOnRoll _ -> Heard.REFUSED;
      case RollEntry.RollIncomplete _ -> Heard.WAIT;
    };
  }
}
