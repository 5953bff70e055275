package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM learns from after a build. */
class RehearsalTest {
  @TempDir Path dir;

  @Test
  void isAnElectionThatGoesOnAtTheNextStart() throws Exception {
    Rehearsal.play(
        dir, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

    assertThat(Standalone.runsIn(dir)).isFalse();
    try (Standalone again = Started.on(dir, 1, new Shape.Together())) {
      Books books = new Books(again.servers().owner());
      Await.until(() -> books.ballots() == Rehearsal.VOTES, "every vote of it is counted");
    }
  }
}
