package io.scrutin.submit;

import java.util.function.LongSupplier;

/** How many a second there were over the last ten whole seconds. */
final class RecentRate {
  private static final int WINDOW_SECONDS = 10;

  /** One more than the window: the second that has only begun is not counted yet. */
  private static final int SLOTS = WINDOW_SECONDS + 1;

  private final LongSupplier nanoTime;
  private final long[] seconds = new long[SLOTS];
  private final long[] counts = new long[SLOTS];

  RecentRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  synchronized void add() {
    long second = second();
    int slot = Math.floorMod(second, SLOTS);
    if (seconds[slot] != second) {
      seconds[slot] = second;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  synchronized double perSecond() {
    long now = second();
    long sum = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      long age = now - seconds[slot];
      if (age >= 1 && age <= WINDOW_SECONDS) {
        sum += counts[slot];
      }
    }
    return (double) sum / WINDOW_SECONDS;
  }

  private long second() {
    return Math.floorDiv(nanoTime.getAsLong(), 1_000_000_000L);
  }
}
