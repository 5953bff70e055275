package io.scrutin.audit;

import io.scrutin.event.Contest;
import java.time.Duration;
import java.time.Instant;

/**
 * How finely a contest's figures are told: to anybody, as often as they ask.
 *
 * <p>A count that grows by one says when a single vote came. So while votes may come, counts are
 * multiples of {@code size}, and at least {@code size} votes behind: any two of them differ by
 * nothing or by {@code size} or more, also when one is the exact figure told in the end. Times are
 * not told.
 *
 * @param over nothing can come any more, and everything is told exactly
 */
record Grain(int size, boolean over) {
  /** A group this small hides a vote among ten, which is the least that hides it at all. */
  static final int LEAST = 10;

  Grain {
    if (size < 1) {
      throw new IllegalArgumentException("a grain has at least one vote");
    }
  }

  /**
   * Of one vote only where the contest itself hides none: its groups then have one vote too.
   *
   * @param waiting votes that have no outcome yet
   */
  static Grain of(Contest contest, Instant now, Duration settlingTime, long waiting) {
    int group = contest.policy().groupSize();
    boolean over = isPast(contest, now, settlingTime) && waiting <= 0;
    return new Grain(group == 1 ? 1 : Math.max(group, LEAST), over);
  }

  /** Whether votes stamped in time are no longer on their way. */
  static boolean isPast(Contest contest, Instant now, Duration settlingTime) {
    return now.isAfter(contest.closesAt().plus(settlingTime));
  }

  boolean isExact() {
    return over || size == 1;
  }

  long count(long exact) {
    return isExact() ? exact : held(exact);
  }

  /** What was told at the most while votes came. */
  long held(long exact) {
    return size == 1 ? exact : Math.max(0, exact / size - 1) * size;
  }

  /** A difference: what is less than a grain is told as nothing. */
  long difference(long exact) {
    return isExact() ? exact : exact / size * size;
  }
}
