package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two minutes of every kind of fault, with a seed that stays the same. */
class ChaosTest {
  static final int SECONDS = 120;
  static final long SEED = 1;

  @TempDir Path dir;

  @Test
  void keepsEveryPromise() throws Exception {
    ChaosOptions options = new ChaosOptions(dir, SECONDS, 20, SEED, EnumSet.allOf(Kind.class));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream last = new ByteArrayOutputStream();
    Verdict verdict = ChaosCommand.play(options, stream(said), stream(last));
    assertThat(verdict.breaches()).as(said.toString(StandardCharsets.UTF_8)).isEmpty();
    // 20 a second, and whoever was told that theirs went with the broker's tail comes once more.
    assertThat(verdict.votes()).isBetween(SECONDS * 20, SECONDS * 20 + SECONDS);
    assertThat(last.toString(StandardCharsets.UTF_8))
        .startsWith("{\"votes\":" + verdict.votes() + ",")
        .contains("\"lost\":0,\"double\":0,\"phantom\":0,\"wrong_refusals\":0,");
    assertThat(Files.readString(dir.resolve("report.html"))).contains("Every promise held.");
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
