package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A process whose launcher was killed: it still works on the folder. */
public record Orphan(ProcessHandle process) {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /**
   * The process of that pid file, if it is one of ours: the number may have gone to somebody else
   * since.
   */
  public static Optional<Orphan> of(Path pidFile, String marker) throws IOException {
    return pid(pidFile)
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> CommandLine.of(process).contains(marker))
        .map(Orphan::new);
  }

  private static Optional<Long> pid(Path pidFile) throws IOException {
    try {
      return Optional.of(Long.valueOf(Files.readString(pidFile).strip()));
    } catch (NoSuchFileException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  public void stop(String signal) {
    Signals.send(process.pid(), signal);
    if (!Waiting.forExit(process, STOP_LIMIT)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Waiting.forExit(process, STOP_LIMIT);
    }
  }
}
