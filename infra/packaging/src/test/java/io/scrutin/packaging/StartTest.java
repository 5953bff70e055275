package io.scrutin.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages as an image starts them, with every store away. */
final class StartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int READY = 200;

  /** 128 and SIGTERM: it ended because it was told to, and by itself. */
  private static final int TERMINATED = 143;

  @TempDir Path dir;

  @Test
  void eachServerAnswersAndEndsWhenItIsTold() throws Exception {
    Map<String, RehearsalServer> servers = new LinkedHashMap<>();
    try {
      for (Parcel parcel : Parcels.ALL) {
        if (parcel.kind() == Parcel.Kind.SERVER) {
          Path folder = Laid.out(dir, parcel);
          servers.put(parcel.name(), start(folder));
        }
      }
      for (Map.Entry<String, RehearsalServer> server : servers.entrySet()) {
        awaitReady(server.getKey(), server.getValue());
        assertThat(server.getValue().stop(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            .as(server.getKey())
            .isEqualTo(TERMINATED);
        assertThat(log(server.getKey())).contains("there is no app.aot");
      }
    } finally {
      servers.values().forEach(RehearsalServer::close);
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
    assertThat(training.waitFor(4 * PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
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
      Await.until(PATIENCE, () -> server.ask("GET /health/readiness") == READY, name + " is ready");
    }
  }

  private String log(String name) throws IOException {
    return Files.readString(dir.resolve(name + ".log"));
  }
}
