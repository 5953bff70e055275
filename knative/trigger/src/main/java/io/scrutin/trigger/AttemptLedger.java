package io.scrutin.trigger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often each event broke its function, and says when to give it up: after enough
 * attempts, and only if another event got through since the first of them. A function that is
 * broken for everybody is not the events' fault.
 *
 * <p>Kept in memory: a restart, or a second replica, counts anew and only costs attempts.
 */
final class AttemptLedger {
  sealed interface Decision {
    /** Try it again later. */
    record Release(int failures) implements Decision {}

    record GiveUp(int failures) implements Decision {}
  }

  private record Count(int failures, long passedBefore) {}

  private final int attempts;
  private final Map<Long, Count> bySequence;
  private long passed;

  /** At most {@code capacity} events are counted; past that the oldest one starts over. */
  AttemptLedger(int attempts, int capacity) {
    this.attempts = attempts;
    this.bySequence =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Count> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized void passed(long sequence) {
    bySequence.remove(sequence);
    passed++;
  }

  synchronized Decision failed(long sequence) {
    Count count =
        bySequence.merge(
            sequence,
            new Count(1, passed),
            (before, _) -> new Count(before.failures() + 1, before.passedBefore()));
    boolean othersPass = passed > count.passedBefore();
    return count.failures() >= attempts && othersPass
        ? new Decision.GiveUp(count.failures())
        : new Decision.Release(count.failures());
  }

  /** It is parked, or no longer ours. */
  synchronized void forget(long sequence) {
    bySequence.remove(sequence);
  }

  synchronized int size() {
    return bySequence.size();
  }
}
