package io.scrutin.trigger;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Set once; whoever pauses wakes up at once when it is. */
final class StopSignal {
  private final Time time;
  private final Queue<Thread> pausing = new ConcurrentLinkedQueue<>();
  private volatile boolean set;

  StopSignal(Time time) {
    this.time = time;
  }

  void set() {
    set = true;
    pausing.forEach(LockSupport::unpark);
  }

  boolean isSet() {
    return set;
  }

  /** Whether it was set during the pause, or before. */
  boolean pause(Duration duration) throws InterruptedException {
    long end = time.nanoTime() + duration.toNanos();
    Thread self = Thread.currentThread();
    // Before it is looked at: whoever sets it after that look finds this thread here.
    pausing.add(self);
    try {
      for (long left = end - time.nanoTime(); !set && left > 0; left = end - time.nanoTime()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        time.park(left);
      }
      return set;
    } finally {
      pausing.remove(self);
    }
  }
}
