package io.scrutin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Shape;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An election on functions that start from no process and end with none. */
class SleepingElectionTest {
  @TempDir Path dir;

  @Test
  void keepsEveryPromiseFromZeroAndBackToZero() throws Exception {
    // Longer than a start takes beside other tests, or functions that were woken ahead sleep again.
    Shape asleep = new Shape.Asleep(Duration.ofSeconds(8));
    StringWriter said = new StringWriter();
    int status =
        DemoCommand.play(new DemoOptions(dir, 60, 40, 10, 7, asleep), new PrintWriter(said));
    assertThat(status).as(said.toString()).isZero();
    assertThat(said.toString()).contains("✓ P8").doesNotContain("A PROCESS");
  }
}
