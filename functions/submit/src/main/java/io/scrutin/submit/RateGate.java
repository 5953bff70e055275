package io.scrutin.submit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Token buckets for any number of keys in a fixed amount of memory: each key is hashed to one of
 * the slots, and keys that meet in a slot share its bucket. With 2^20 slots a voter meets a given
 * flooder in one case of a million; no table of keys could be kept that a flood of new ones does
 * not either fill or flush.
 *
 * <p>A slot holds one number, the time at which its bucket will be full again (the generic cell
 * rate algorithm), so that an attempt is one compare-and-set.
 */
final class RateGate {
  private final AtomicLongArray fullAtNanos;
  private final long perTokenNanos;
  private final long bucketNanos;

  /**
   * @param slots a power of two
   * @param burst how many tokens a full bucket holds
   */
  RateGate(int slots, double tokensPerSecond, int burst, long startNanos) {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("slots are a power of two");
    }
    if (tokensPerSecond <= 0 || burst < 1) {
      throw new IllegalArgumentException("a gate lets something through");
    }
    this.fullAtNanos = new AtomicLongArray(slots);
    this.perTokenNanos = Math.max(1, (long) (1_000_000_000L / tokensPerSecond));
    this.bucketNanos = perTokenNanos * burst;
    for (int slot = 0; slot < slots; slot++) {
      fullAtNanos.set(slot, startNanos);
    }
  }

  /**
   * Takes a token, or takes none and tells how long until there is one.
   *
   * @return nanoseconds to wait, zero when the token was taken
   */
  long take(long keyHash, long nowNanos) {
    return take(keyHash, nowNanos, 0);
  }

  /**
   * Takes a token even when there is none yet, as long as it comes within {@code mostNanos}; a
   * later one is taken by nobody, so that however many ask, the last waits no longer than that.
   *
   * @return nanoseconds until the token may be used, at most {@code mostNanos}
   */
  long borrow(long keyHash, long nowNanos, long mostNanos) {
    return Math.min(take(keyHash, nowNanos, mostNanos), mostNanos);
  }

  private long take(long keyHash, long nowNanos, long mostNanos) {
    int slot = (int) (keyHash & (fullAtNanos.length() - 1));
    while (true) {
      long fullAt = fullAtNanos.get(slot);
      long base = fullAt - nowNanos < 0 ? nowNanos : fullAt;
      long wait = Math.max(0, base + perTokenNanos - nowNanos - bucketNanos);
      if (wait > mostNanos || fullAtNanos.compareAndSet(slot, fullAt, base + perTokenNanos)) {
        return wait;
      }
    }
  }
}
