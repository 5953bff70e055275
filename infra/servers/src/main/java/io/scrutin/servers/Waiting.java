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

  /**
   * A process that has ended but was not collected by its parent yet counts as gone, though not
   * before its last thread is: the first one may end before the others, and as long as one is left
   * the server's port still takes connections. With the cores busy that was seen after 134 of 300
   * kills of Redis.
   */
  static boolean isRunning(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    try {
      return hasThreads(Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat")));
    } catch (IOException notLinuxOrGone) {
      return process.isAlive();
    }
  }

  /** By what proc(5) calls fields 3 and 20; the second is a name that may hold anything. */
  private static boolean hasThreads(String stat) {
    String[] fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    boolean firstHasEnded = fromThird[0].equals("Z");
    return !firstHasEnded || Integer.parseInt(fromThird[17]) > 1;
  }
}
