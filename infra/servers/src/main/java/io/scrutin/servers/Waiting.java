package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Waiting for processes. */
final class Waiting {
  private static final long PAUSE_MILLIS = 10;
  private static final long ATTEMPT_PAUSE_MILLIS = 250;

  private Waiting() {}

  /** Between two looks at something that cannot say itself when it is ready. */
  static void briefly() {
    pause(PAUSE_MILLIS);
  }

  /** Until whoever was in the way has left. */
  static void beforeNextAttempt() {
    pause(ATTEMPT_PAUSE_MILLIS);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new ServerUnavailable("interrupted while a server was starting", stopping);
    }
  }

  /**
   * Looks at it often: Java itself looks for the end of a process that is no child of ours at ever
   * longer intervals, of seconds at last.
   */
  static boolean forExit(ProcessHandle process, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (isRunning(process)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      briefly();
    }
    return true;
  }

  /** A process that has ended but was not collected by its parent yet counts as gone. */
  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException notLinuxOrGone) {
      return process.isAlive();
    }
  }
}
