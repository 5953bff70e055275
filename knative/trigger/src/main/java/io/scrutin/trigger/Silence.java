package io.scrutin.trigger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Notices the first message after a while without any. */
final class Silence {
  private static final long NEVER = Long.MIN_VALUE;

  private final long nanos;
  private final AtomicLong last = new AtomicLong(NEVER);

  Silence(Duration silence) {
    this.nanos = silence.toNanos();
  }

  /** Whether this message is the one that ends a silence; of several at once, one is. */
  boolean endsAt(long nowNanos) {
    long before = last.getAndSet(nowNanos);
    return before == NEVER || nowNanos - before >= nanos;
  }
}
