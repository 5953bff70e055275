package io.scrutin.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A child process that serves from one folder, and nobody else from the same. */
final class ServerProcess {
  /** Says when the process with that id serves; what answers may be somebody else on its port. */
  interface Readiness {
    boolean isReached(long pid) throws IOException;
  }

  /** A large store is read back, or write-ahead log replayed, before a server serves. */
  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private static final int LOG_LINES_SHOWN = 4;

  private final ServerFolder folder;
  private final String stopSignal;
  private @Nullable FileLock lock;
  private @Nullable Process process;

  ServerProcess(ServerFolder folder, String stopSignal) {
    this.folder = folder;
    this.stopSignal = stopSignal;
  }

  /**
   * Takes the folder: refuses while another process of ours lives on it, and ends the server of one
   * that does not live any more.
   *
   * @param marker the argument by which the orphan's command line shows that it is on this folder
   */
  void own(String marker) throws IOException {
    if (lock != null) {
      return;
    }
    FileChannel channel =
        FileChannel.open(folder.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException takenByThisProcess) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new ServerUnavailable("another Scrutin is running on " + folder.root());
    }
    Orphan.of(folder.pidFile(), marker).ifPresent(orphan -> orphan.stop(stopSignal));
  }

  /**
   * @return its last words when it ended before it served; empty when it serves
   */
  Optional<String> start(List<String> command, Map<String, String> environment, Readiness readiness)
      throws IOException {
    folder.rotateLog();
    ProcessBuilder builder = new ProcessBuilder(Session.detached(folder.pidFile(), command));
    builder.environment().putAll(environment);
    builder.directory(folder.data().toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    Process started = builder.start();
    process = started;
    started.getOutputStream().close();
    try {
      return awaitReadiness(started, readiness);
    } catch (IOException | RuntimeException failure) {
      kill();
      throw failure;
    }
  }

  private Optional<String> awaitReadiness(Process started, Readiness readiness) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!readiness.isReached(started.pid())) {
      if (!started.isAlive()) {
        process = null;
        return Optional.of(lastWords());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new ServerUnavailable(folder.name() + " did not serve within " + START_LIMIT);
      }
      Waiting.briefly();
    }
    return Optional.empty();
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(folder.log(), StandardCharsets.UTF_8);
    List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size());
    return folder.name()
        + " did not start: "
        + last.stream().map(String::strip).collect(Collectors.joining(" | "))
        + " (more in "
        + folder.log()
        + ")";
  }

  long pid() {
    Process running = process;
    if (running == null) {
      throw new IllegalStateException(folder.name() + " is not running");
    }
    return running.pid();
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Lets it finish within the limit, then ends it. */
  void stop(Duration limit) {
    Process running = process;
    if (running != null && running.isAlive()) {
      Signals.send(running.pid(), stopSignal);
      if (!Waiting.forExit(running.toHandle(), limit)) {
        kill();
      }
    }
    forget();
  }

  /** As a failing machine does: the process and its children at once, nothing tidied up. */
  void kill() {
    Process running = process;
    if (running != null) {
      List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
      all.addFirst(running.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      all.forEach(each -> Waiting.forExit(each, Duration.ofSeconds(10)));
    }
    process = null;
  }

  private void forget() {
    process = null;
    try {
      Files.deleteIfExists(folder.pidFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void release() {
    FileLock held = lock;
    lock = null;
    if (held != null) {
      try {
        held.acquiredBy().close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
