package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM's clock, from outside. */
class ClockAgentTest {
  @TempDir Path dir;

  /** Tells what it thinks the time is, each time that it is asked by a line. */
  static final class TellTime {
    private TellTime() {}

    public static void main(String[] arguments) throws Exception {
      while (System.in.read() >= 0) {
        System.out.println(Clock.systemUTC().instant());
      }
    }
  }

  @Test
  void stepsTheClockOfAProcessThatRunsAndPutsItRight() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TellTime.class.getName())
            .redirectError(dir.resolve("err").toFile())
            .start();
    try (BufferedReader answers = process.inputReader()) {
      assertThat(ask(process, answers)).isLessThan(Duration.ofSeconds(20));
      StepClock clock = new StepClock(dir.resolve("agent.jar"));
      assertThat(clock.step(process.pid(), Duration.ofHours(1))).isTrue();
      Await.until(
          () -> ask(process, answers).compareTo(Duration.ofMinutes(59)) > 0, "an hour ahead");
      assertThat(clock.step(process.pid(), Duration.ZERO)).isTrue();
      Await.until(() -> ask(process, answers).compareTo(Duration.ofMinutes(1)) < 0, "as it was");
    } finally {
      process.destroyForcibly();
    }
  }

  /** How far it is ahead of this one. */
  private static Duration ask(Process process, BufferedReader answers) throws Exception {
    process.outputWriter().append('?').flush();
    return Duration.between(Instant.now(), Instant.parse(answers.readLine()));
  }
}
