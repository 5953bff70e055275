package io.scrutin.demo;

import io.scrutin.standalone.Shape;
import java.nio.file.Path;
import java.util.Random;

/**
 * What is played.
 *
 * @param dir where it happens; what an earlier demo left in it is removed
 * @param voters how many are on the roll
 * @param votes how many of them vote, without those who race themselves
 * @param groupSize the K of the contest
 * @param seed who sends what, and in which order
 * @param shape whether functions have processes of their own, and whether those sleep
 */
record DemoOptions(Path dir, int voters, int votes, int groupSize, long seed, Shape shape) {
  /** Of those on the roll some vote, some race, some are late, and some never come. */
  DemoOptions {
    if (votes < 20 || voters < votes + votes / 10 || voters > 1_000_000) {
      throw new IllegalArgumentException(
          "at least 20 vote, and the roll has a tenth more voters than that, at most 1,000,000");
    }
    if (groupSize < 2 || groupSize > votes) {
      throw new IllegalArgumentException("ballots are opened in groups of 2 up to all votes");
    }
  }

  /** Whoever repeats a seed plays the same election; nobody gains by guessing it. */
  Random random() {
    return new Random(seed);
  }
}
