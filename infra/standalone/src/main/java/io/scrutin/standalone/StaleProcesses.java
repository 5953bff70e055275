package io.scrutin.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Functions that outlived the {@code up} which started them, because that was killed. */
final class StaleProcesses {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private StaleProcesses() {}

  /** Only those that are ours beyond doubt: their command line names the folder. */
  static void end(Path dir) throws IOException {
    Path run = dir.resolve("run");
    for (String name : (Iterable<String>) names()::iterator) {
      Path pidFile = run.resolve(name + ".pid");
      if (Files.exists(pidFile)) {
        pid(pidFile)
            .flatMap(ProcessHandle::of)
            .filter(process -> isOurs(process, dir))
            .ifPresent(StaleProcesses::end);
        Files.deleteIfExists(pidFile);
      }
    }
  }

  private static Stream<String> names() {
    return Stream.concat(Settings.FUNCTIONS.stream(), Stream.of("trigger"));
  }

  private static Optional<Long> pid(Path pidFile) throws IOException {
    try {
      return Optional.of(Long.parseLong(Files.readString(pidFile).strip()));
    } catch (NumberFormatException cutShort) {
      return Optional.empty();
    }
  }

  private static boolean isOurs(ProcessHandle process, Path dir) {
    return process
        .info()
        .arguments()
        .map(arguments -> Stream.of(arguments).anyMatch(("-Dscrutin.dir=" + dir)::equals))
        .orElse(false);
  }

  private static void end(ProcessHandle process) {
    process.destroyForcibly();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException stillThere) {
      throw new IllegalStateException(
          "process " + process.pid() + " of an earlier ./scrutin up does not end", stillThere);
    }
  }
}
