package io.scrutin.testing;

import java.time.Duration;
import java.util.Optional;

/** Waiting for something to become true, for a limited time. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 10;

  /** What is waited for may look into a database or a broker. */
  public interface Condition {
    boolean isMet() throws Exception;
  }

  private Await() {}

  /**
   * @param description what should have come about, for the message when it did not
   */
  public static void until(Condition condition, String description) {
    until(PATIENCE, condition, description);
  }

  public static void until(Duration patience, Condition condition, String description) {
    long deadline = System.nanoTime() + patience.toNanos();
    Optional<Exception> failure = attempt(condition, description);
    while (failure.isPresent()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + patience + ": " + description, failure.get());
      }
      pause();
      failure = attempt(condition, description);
    }
  }

  /** Why it is not met yet. What cannot be asked at the moment may be asked again. */
  private static Optional<Exception> attempt(Condition condition, String description) {
    try {
      return condition.isMet()
          ? Optional.empty()
          : Optional.of(new IllegalStateException("not so: " + description));
    } catch (InterruptedException stopping) {
      throw interrupted(stopping);
    } catch (Exception failure) {
      return Optional.of(failure);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException stopping) {
      throw interrupted(stopping);
    }
  }

  private static AssertionError interrupted(InterruptedException stopping) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted while waiting", stopping);
  }
}
