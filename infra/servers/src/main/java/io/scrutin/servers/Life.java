package io.scrutin.servers;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all servers do alike: start, stop, start again on the same folder and port. */
final class Life {
  /** What is particular to one kind of server. */
  interface Recipe {
    /** Writes configuration and whatever data must be there before the first start. */
    Launch prepare(int port) throws IOException;
  }

  record Launch(
      List<String> command, Map<String, String> environment, ServerProcess.Readiness readiness) {}

  /**
   * More than one: between choosing a port and taking it somebody else may, and the children of a
   * killed Postgres take a moment to leave its folder.
   */
  private static final int START_ATTEMPTS = 4;

  /**
   * A killed process whose parent has not collected it yet has a number still, and Postgres takes
   * the number in its lock file for a process that lives. In containers that takes seconds.
   */
  private static final Duration COLLECTING = Duration.ofSeconds(30);

  private static final String LOCK_FILE = "lock file";

  private final ServerProcess process;
  private final Recipe recipe;
  private final Duration stopLimit;
  private int port;

  Life(ServerProcess process, Recipe recipe, Duration stopLimit) {
    this.process = process;
    this.recipe = recipe;
    this.stopLimit = stopLimit;
  }

  /**
   * @param wanted 0 for any free port
   */
  void start(String marker, int wanted) {
    try {
      process.own(marker);
      try {
        tryToStart(wanted);
      } catch (IOException | RuntimeException failure) {
        process.release();
        throw failure;
      }
    } catch (IOException failure) {
      throw new ServerUnavailable("a server did not start: " + failure.getMessage(), failure);
    }
  }

  private void tryToStart(int wanted) throws IOException {
    Optional<String> lastWords = Optional.empty();
    long begun = System.nanoTime();
    for (int attempt = 1; attempt <= START_ATTEMPTS || isLocked(lastWords, begun); attempt++) {
      port = wanted == 0 ? Ports.free() : wanted;
      Launch launch = recipe.prepare(port);
      lastWords = process.start(launch.command(), launch.environment(), launch.readiness());
      if (lastWords.isEmpty()) {
        return;
      }
      Waiting.beforeNextAttempt();
    }
    throw new ServerUnavailable(lastWords.orElseThrow());
  }

  private static boolean isLocked(Optional<String> lastWords, long begun) {
    return lastWords.filter(words -> words.contains(LOCK_FILE)).isPresent()
        && System.nanoTime() - begun < COLLECTING.toNanos();
  }

  void restart() {
    process.stop(stopLimit);
    try {
      tryToStart(port);
    } catch (IOException failure) {
      throw new ServerUnavailable("a server did not start: " + failure.getMessage(), failure);
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  boolean isRunning() {
    return process.isRunning();
  }

  void stop() {
    process.stop(stopLimit);
  }

  void kill() {
    process.kill();
  }

  void close() {
    process.stop(stopLimit);
    process.release();
  }
}
