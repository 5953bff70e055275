package io.scrutin.trigger;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way through its function. It is acked only when each of its events is settled;
 * while one has to come again all of them do, which is harmless: what was answered is answered
 * alike.
 */
final class Carried {
  private final boolean alone;
  private int open;
  private boolean givenBack;
  private @Nullable Integer failures;

  /**
   * @param events that it holds
   */
  Carried(int events) {
    this.open = events;
    this.alone = events == 1;
  }

  /** Whether it holds one event. */
  boolean isAlone() {
    return alone;
  }

  /** What is to be done with it now that all of its events have been answered. */
  sealed interface End {
    record Open() implements End {}

    record Settled() implements End {}

    /**
     * @param failures before
     */
    record Again(int failures) implements End {}

    record GiveBack() implements End {}
  }

  End settled() {
    return ended();
  }

  End again(int earlierFailures) {
    failures = failures == null ? earlierFailures : Math.max(failures, earlierFailures);
    return ended();
  }

  End giveBack() {
    givenBack = true;
    return ended();
  }

  private End ended() {
    open--;
    if (open > 0) {
      return new End.Open();
    }
    if (givenBack) {
      return new End.GiveBack();
    }
    Integer before = failures;
    return before == null ? new End.Settled() : new End.Again(before);
  }
}
