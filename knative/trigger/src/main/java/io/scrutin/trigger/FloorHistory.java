package io.scrutin.trigger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Where a durable's ack floor was, so that the floor of twice the sync interval ago is known: what
 * was acked by then led to events that have been flushed since.
 */
final class FloorHistory {
  private record Sample(Instant at, Instant floor) {}

  private final Duration age;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private @Nullable Instant settled;

  FloorHistory(Duration syncInterval) {
    this.age = syncInterval.multipliedBy(2);
  }

  /** The floor as it is now; samples are taken a fixed time apart, so they stay few. */
  void add(Instant now, Instant floor) {
    samples.addLast(new Sample(now, floor));
  }

  /** The newest floor that is old enough, or none yet. */
  @Nullable Instant settled(Instant now) {
    Instant oldEnough = now.minus(age);
    while (!samples.isEmpty() && !samples.getFirst().at().isAfter(oldEnough)) {
      settled = samples.removeFirst().floor();
    }
    return settled;
  }
}
