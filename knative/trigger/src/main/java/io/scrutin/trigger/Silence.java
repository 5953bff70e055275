package io.scrutin.trigger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Notices the first message after a while without any. */
final class Silence {
  private static final long NEVER = Long.MIN_VALUE;

  private final long nanos;
  private final AtomicLong last = new AtomicLong(NEVER);
  private volatile long endedAt = NEVER;

  Silence(Duration silence) {
    this.nanos = silence.toNanos();
  }

  /** Whether this message is the one that ends a silence; of several at once, one is. */
  boolean endsAt(long nowNanos) {
    long before = last.getAndSet(nowNanos);
    boolean ends = before == NEVER || nowNanos - before >= nanos;
    if (ends) {
      endedAt = nowNanos;
    }
    return ends;
  }

  /** What is left, at this moment, of that time after a silence. */
  Duration left(Duration afterSilence, long nowNanos) {
    long ended = endedAt;
    long left = ended == NEVER ? 0 : afterSilence.toNanos() - (nowNanos - ended);
    return Duration.ofNanos(Math.max(0, left));
  }
}
