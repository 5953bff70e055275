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

  /** Whoever repeats a seed breaks the same things; nobody gains by guessing it. */
  Random faults() {
    return new Random(seed);
  }

  /** Of their own: one more fault must not be other voters. */
  Random votes() {
    return new Random(~seed);
  }
}
