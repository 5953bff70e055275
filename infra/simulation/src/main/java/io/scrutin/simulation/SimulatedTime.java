package io.scrutin.simulation;

import io.scrutin.trigger.Time;
import java.util.random.RandomGenerator;

/** The world's time and chance, as the trigger asks for them. */
record SimulatedTime(World world) implements Time {
  @Override
  public long nanoTime() {
    return world.nanos();
  }

  @Override
  public void park(long nanos) {
    world.park(nanos);
  }

  @Override
  public RandomGenerator chance() {
    return world.chance();
  }
}
