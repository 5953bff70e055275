package io.scrutin.trigger;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from {@code first} up to {@code longest}. */
record Backoff(Duration first, Duration longest) {
  Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("a backoff starts above zero and does not shrink");
    }
  }

  /** The wait after this many failures before. */
  Duration after(int failures) {
    // 2^20 times any first wait is beyond every longest one, and shifts no further than a long can.
    Duration doubled = first.multipliedBy(1L << Math.clamp(failures, 0, 20));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /** Half of it to all of it, so that those who failed together do not come back together. */
  Duration jittered(int failures, RandomGenerator random) {
    long nanos = after(failures).toNanos();
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }
}
