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

  private record Entry(int failures, long passedBefore) {}

  private final int attempts;
  private final Map<Long, Entry> bySequence;
  private long passed;

  /** At most {@code capacity} events are counted; past that the oldest one starts over. */
  AttemptLedger(int attempts, int capacity) {
    this.attempts = attempts;
    this.bySequence =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Long, Entry> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized void passed(long sequence) {
    bySequence.remove(sequence);
    passed++;
  }

  synchronized Decision failed(long sequence) {
    Entry entry =
        bySequence.merge(
            sequence,
            new Entry(1, passed),
            (before, _) -> new Entry(before.failures() + 1, before.passedBefore()));
    boolean othersPass = passed > entry.passedBefore();
    return entry.failures() >= attempts && othersPass
        ? new Decision.GiveUp(entry.failures())
        : new Decision.Release(entry.failures());
  }

  /** It is parked, or no longer ours. */
  synchronized void forget(long sequence) {
    bySequence.remove(sequence);
  }

  synchronized int size() {
    return bySequence.size();
  }
}
