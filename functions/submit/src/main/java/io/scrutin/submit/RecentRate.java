package io.scrutin.submit;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many a second there were of late. */
final class RecentRate {
  /** Long enough to be steady, short enough to show a rush while it lasts. */
  static final int SECONDS = 10;

  private static final long NANOS = 1_000_000_000L;

  /** What came in one second; a new second in the same place is a new object. */
  private record Second(long number, LongAdder count) {}

  private final LongSupplier nanoTime;
  private final AtomicReferenceArray<@Nullable Second> ring =
      new AtomicReferenceArray<>(SECONDS + 2);

  RecentRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void count() {
    long number = Math.floorDiv(nanoTime.getAsLong(), NANOS);
    int place = Math.floorMod(number, ring.length());
    Second current = ring.get(place);
    if (current == null || current.number() != number) {
      Second begun = new Second(number, new LongAdder());
      // Whoever is second to begin it counts in the one that the first began.
      Second found = ring.compareAndExchange(place, current, begun);
      current = found == null || found.number() != number ? begun : found;
    }
    current.count().increment();
  }

  /** Over the last full seconds. */
  double perSecond() {
    long now = Math.floorDiv(nanoTime.getAsLong(), NANOS);
    long sum = 0;
    for (int place = 0; place < ring.length(); place++) {
      Second second = ring.get(place);
      if (second != null && second.number() < now && second.number() >= now - SECONDS) {
        sum += second.count().sum();
      }
    }
    return (double) sum / SECONDS;
  }
}
