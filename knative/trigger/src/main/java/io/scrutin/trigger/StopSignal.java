package io.scrutin.trigger;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Set once; whoever pauses wakes up at once when it is. */
final class StopSignal {
  private final CountDownLatch latch = new CountDownLatch(1);

  void set() {
    latch.countDown();
  }

  boolean isSet() {
    return latch.getCount() == 0;
  }

  /** Whether it was set during the pause, or before. */
  boolean pause(Duration duration) throws InterruptedException {
    return latch.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }
}
