package io.scrutin.trigger;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Time as it passes, and chance: the machine's, or those of a simulation. */
public interface Time {
  /** As {@link System#nanoTime}. */
  long nanoTime();

  /** As {@link LockSupport#parkNanos(long)}: until unparked or so long, or for no reason. */
  void park(long nanos);

  RandomGenerator chance();

  /** The machine's. */
  record Real() implements Time {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void park(long nanos) {
      LockSupport.parkNanos(nanos);
    }

    @Override
    public RandomGenerator chance() {
      return ThreadLocalRandom.current();
    }
  }
}
