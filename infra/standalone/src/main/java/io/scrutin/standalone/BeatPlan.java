package io.scrutin.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How often tally and contests are called although no event calls them. On Knative a PingSource
 * does it, each minute and only while a contest is open; beating always would keep two functions
 * awake for ever.
 *
 * @param slow while votes come in: longer than functions stay awake (up to ten minutes), so that
 *     they sleep in between
 * @param fast while a contest ends: shorter, because tally opens its last ballots once they have
 *     stayed the same for a while, and knows since when only as long as it is awake
 */
record BeatPlan(Duration slow, Duration fast) {
  /** As a PingSource's schedule, which knows no seconds. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Who asked for idle times longer than that does not mind what never sleeps meanwhile. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** As where nothing sleeps: who waits for a result waits for tally, however long that idles. */
  private static final Duration LONGEST_FAST = Duration.ofSeconds(5);

  /**
   * A contest that is not finished.
   *
   * @param closesAt when voting ends
   */
  record Unfinished(Instant closesAt) {}

  static BeatPlan whenAsleepAfter(Duration idle) {
    Duration longer = atLeast(idle.multipliedBy(2), MINUTE);
    return new BeatPlan(atMost(longer, LONGEST), atMost(idle.dividedBy(3), LONGEST_FAST));
  }

  private static Duration atMost(Duration duration, Duration most) {
    return duration.compareTo(most) > 0 ? most : duration;
  }

  private static Duration atLeast(Duration duration, Duration least) {
    return duration.compareTo(least) < 0 ? least : duration;
  }

  /** Nothing when everything is finished. */
  Optional<Duration> every(List<Unfinished> contests, Instant now) {
    if (contests.isEmpty()) {
      return Optional.empty();
    }
    boolean oneEnds = contests.stream().anyMatch(contest -> !now.isBefore(contest.closesAt()));
    return Optional.of(oneEnds ? fast : slow);
  }

  /**
   * @param last the last beat, or when there was none to be given
   */
  boolean isDue(List<Unfinished> contests, Instant last, Instant now) {
    return every(contests, now).filter(period -> !now.isBefore(last.plus(period))).isPresent();
  }
}
