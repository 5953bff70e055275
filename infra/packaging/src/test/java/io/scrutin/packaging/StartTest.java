package io.scrutin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages as an image starts them, with every store away. */
final class StartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int READY = 200;

  /** 128 and SIGTERM: it ended because it was told to, and by itself. */
  private static final int TERMINATED = 143;

  @TempDir Path dir;

  /** One after the other: all at once, each would wait for the processor the longest. */
  @Test
  void eachServerAnswersAndEndsWhenItIsTold() throws Exception {
    for (Parcel parcel : Parcels.ALL) {
      if (parcel.kind() == Parcel.Kind.SERVER) {
        String name = parcel.name();
        try (RehearsalServer server = start(Laid.out(dir, parcel))) {
          awaitReady(name, server);
          assertThat(server.stop(PATIENCE.toSeconds(), TimeUnit.SECONDS))
              .as(name)
              .isEqualTo(TERMINATED);
        }
        assertThat(log(name)).contains("there is no app.aot");
      }
    }
  }

  @Test
  void startsFromItsCacheAndWithoutOneThatDoesNotFit() throws Exception {
    Path folder = Laid.out(dir, Laid.parcel("verify"));
    // It starts from the cache alone at its end, or fails.
    Process training =
        new ProcessBuilder(folder.resolve("train").toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("training.log").toFile())
            .start();
    assertThat(training.waitFor(3 * PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(training.exitValue()).as(log("training")).isZero();
    Path changed = folder.resolve("lib").resolve("scrutin-verify.jar");
    Files.setLastModifiedTime(changed, FileTime.fromMillis(0));
    try (RehearsalServer server = start(folder)) {
      awaitReady("verify", server);
      server.stop(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    assertThat(log("verify")).contains("[aot]");
  }

  private RehearsalServer start(Path folder) throws IOException {
    Path name = folder.getFileName();
    Path keys = Files.createDirectories(dir.resolve("keys"));
    List<String> script = Files.readAllLines(folder.resolve("training").resolve("script"));
    return RehearsalServer.start(
        folder, RehearsalSurroundings.of(script, keys), dir.resolve(name + ".log"));
  }

  /** The trigger is not ready without a broker; that it says so is an answer. */
  private static void awaitReady(String name, RehearsalServer server) throws Exception {
    server.awaitAnswer();
    if (!name.equals("trigger")) {
      Await.until(
          PATIENCE,
          () -> server.ask("GET /health/readiness").status() == READY,
          name + " is ready");
    }
  }

  private String log(String name) throws IOException {
    return Files.readString(dir.resolve(name + ".log"));
  }
}
