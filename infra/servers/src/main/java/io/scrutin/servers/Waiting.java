package io.scrutin.servers;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  static boolean forExit(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillThere) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
