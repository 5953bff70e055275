package io.scrutin.chaos;

import java.nio.file.Path;
import java.util.Random;
import java.util.Set;

/**
 * What is played.
 *
 * @param dir where it happens; what an earlier chaos left in it is removed
 * @param seconds how long votes come in
 * @param rate posts a second
 * @param seed which votes and which faults, and when
 */
record ChaosOptions(Path dir, int seconds, int rate, long seed, Set<Kind> kinds) {
  static final int MAX_VOTES = 2_000_000;

  ChaosOptions {
    kinds = Set.copyOf(kinds);
    if (seconds < 5 || rate < 1 || (long) seconds * rate > MAX_VOTES) {
      throw new IllegalArgumentException(
          "votes come in for 5 seconds or more, one a second or more, and at most " + MAX_VOTES);
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("no kind of fault is no chaos");
    }
  }

  /**
   * Of how many voters the streams have to be. The sizing rule has no room for a broker that is
   * restarted every half a minute: with the four minutes that each brings back by default, 640 MB
   * of events filled VOTES after 90,000 posts in 5 minutes. The chaos's triggers bring back less.
   */
  int room() {
    long again = (long) rate * 240 * (1 + seconds / 30);
    return Math.toIntExact(Math.min(again / 2, 900_000));
  }

  /** Whoever repeats a seed breaks the same things; nobody gains by guessing it. */
  Random faults() {
    return new Random(seed);
  }

  /** Of their own: one more fault must not be other voters. */
  Random votes() {
    return new Random(~seed);
  }
}
