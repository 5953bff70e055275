package io.scrutin.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What a seed draws, the same in every run; nothing that is drawn here is a secret. */
final class Chance implements RandomGenerator {
  private final SplittableRandom drawn;

  private Chance(SplittableRandom drawn) {
    this.drawn = drawn;
  }

  static Chance of(long seed) {
    return new Chance(new SplittableRandom(seed));
  }

  /** For one who draws more or less without changing what the others draw. */
  Chance split() {
    return new Chance(drawn.split());
  }

  @Override
  public long nextLong() {
    return drawn.nextLong();
  }
}
