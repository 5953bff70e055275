package io.scrutin.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param dir where it happens; what an earlier one left in it is removed
 * @param processes whether each function has a process of its own
 * @param roofs whether the single parts are driven as hard as possible, too
 * @param seed when exactly each vote comes
 * @param warmUp how long votes come before anything is measured
 * @param load how votes come
 */
record BenchOptions(
    Path dir, boolean processes, boolean roofs, long seed, Duration warmUp, Load load) {
  /** How votes come. */
  sealed interface Load {
    /** The highest rate that goes on. */
    record Highest(int votes) implements Load {}

    /** At one rate. */
    record Steady(double perSecond, Duration length) implements Load {}

    /** So many, at a rate; 0 for nine tenths of the highest. */
    record Nation(int votes, double perSecond) implements Load {}

    /** A day's curve within that time. */
    record Day(int votes, Duration length) implements Load {}

    /** So many that pile up first, while nobody works on them. */
    record Backlog(int votes) implements Load {}
  }

  /** An hour at 3,000 a second, and a nation. */
  static final int MOST_VOTERS = 12_000_000;

  /** A warm-up at more is a measurement of its own. */
  static final double FASTEST_WARM_UP = 2_000;

  /** What comes right after a start is told apart from the rest of the warm-up. */
  private static final Duration FIRST = Duration.ofSeconds(10);

  private static final double FASTEST_FIRST = 1_000;

  BenchOptions {
    if (processes && load instanceof Load.Backlog) {
      throw new IllegalArgumentException("--backlog stops one process, so it takes no --processes");
    }
    if (warmUp.isNegative() || warmUp.isZero()) {
      throw new IllegalArgumentException("--warm-up is at least a second");
    }
    if (voters(load, warmUp) > MOST_VOTERS) {
      throw new IllegalArgumentException(
          "more than %,d voters would vote: fewer --seconds, or a lower --rate"
              .formatted(MOST_VOTERS));
    }
  }

  int voters() {
    return (int) voters(load, warmUp);
  }

  double warmUpPerSecond() {
    return warmUpPerSecond(load);
  }

  /** After the first of it; nothing if it is no longer than that. */
  int warmUpVotes() {
    return (int) warmUpVotes(load, warmUp);
  }

  double firstPerSecond() {
    return firstPerSecond(load);
  }

  int firstVotes() {
    return (int) firstVotes(load, warmUp);
  }

  private static double warmUpPerSecond(Load load) {
    return switch (load) {
      case Load.Steady steady -> Math.min(steady.perSecond(), FASTEST_WARM_UP);
      case Load.Highest _, Load.Nation _, Load.Day _, Load.Backlog _ -> FASTEST_WARM_UP;
    };
  }

  private static double firstPerSecond(Load load) {
    return Math.min(warmUpPerSecond(load), FASTEST_FIRST);
  }

  private static long firstVotes(Load load, Duration warmUp) {
    return count(firstPerSecond(load), warmUp.compareTo(FIRST) < 0 ? warmUp : FIRST);
  }

  private static long warmUpVotes(Load load, Duration warmUp) {
    Duration rest = warmUp.minus(FIRST);
    return rest.isPositive() ? count(warmUpPerSecond(load), rest) : 0;
  }

  private static long count(double perSecond, Duration length) {
    return Math.round(perSecond * length.toMillis() / 1e3);
  }

  private static long voters(Load load, Duration warmUp) {
    long before = firstVotes(load, warmUp) + warmUpVotes(load, warmUp);
    return switch (load) {
      // The warm-up's voters are of the nation, too: that is how many there are.
      case Load.Highest highest -> Math.max(highest.votes(), 2 * before);
      case Load.Nation nation -> Math.max(nation.votes(), 2 * before);
      case Load.Steady steady -> before + count(steady.perSecond(), steady.length());
      case Load.Day day -> before + day.votes();
      case Load.Backlog backlog -> before + backlog.votes();
    };
  }
}
