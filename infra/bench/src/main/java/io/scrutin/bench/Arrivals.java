package io.scrutin.bench;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When each post is due, fixed before the first is sent: who is answered late does not make the
 * next voter come later. Voters come independently of each other, so the gaps are exponential.
 */
final class Arrivals {
  /**
   * Votes of each hour of a day, of a thousand: nobody at night, a rush before work, at noon and
   * after work. Invented; a real day is one referendum's own.
   */
  private static final int[] DAY = {
    4, 3, 2, 2, 4, 12, 34, 62, 64, 52, 48, 58, 72, 60, 48, 46, 58, 82, 92, 78, 56, 36, 18, 9
  };

  private final long[] dueNanos;

  private Arrivals(long[] dueNanos) {
    this.dueNanos = dueNanos;
  }

  static Arrivals steady(double perSecond, int count, RandomGenerator chance) {
    if (!(perSecond > 0) || count < 1) {
      throw new IllegalArgumentException("somebody comes, sooner or later");
    }
    long[] due = new long[count];
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += gap(chance) / perSecond;
      due[i] = (long) (at * 1e9);
    }
    return new Arrivals(due);
  }

  /** A day of 24 hours, compressed into that length. */
  static Arrivals day(int count, Duration length, RandomGenerator chance) {
    if (count < 1 || !length.isPositive()) {
      throw new IllegalArgumentException("somebody comes within a day that takes some time");
    }
    double[] until = new double[count];
    double at = 0;
    for (int i = 0; i < count; i++) {
      at += gap(chance);
      until[i] = at;
    }
    double all = at + gap(chance);
    long[] due = new long[count];
    for (int i = 0; i < count; i++) {
      due[i] = (long) (timeOfDay(until[i] / all) * length.toNanos());
    }
    return new Arrivals(due);
  }

  /** At which part of the day that part of the votes has come. */
  private static double timeOfDay(double partOfVotes) {
    int all = 0;
    for (int hour : DAY) {
      all += hour;
    }
    double left = partOfVotes * all;
    int hour = 0;
    while (hour < DAY.length - 1 && left > DAY[hour]) {
      left -= DAY[hour];
      hour++;
    }
    return Math.min(1, (hour + left / DAY[hour]) / DAY.length);
  }

  private static double gap(RandomGenerator chance) {
    return -Math.log(1 - chance.nextDouble());
  }

  int count() {
    return dueNanos.length;
  }

  /** Since the start. */
  long dueNanos(int index) {
    return dueNanos[index];
  }

  Duration length() {
    return Duration.ofNanos(dueNanos[dueNanos.length - 1]);
  }
}
