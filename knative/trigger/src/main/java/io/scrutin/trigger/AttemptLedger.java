package io.scrutin.trigger;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts how often each event broke its function, and says when to give it up: after enough
 * attempts with another event getting through between each of them and the next. A function that is
 * broken for everybody is not the events' fault, however long it lasts: all those failures are one,
 * and do not bring an event nearer to being given up for the next one.
 *
 * <p>Kept in memory: a restart, or a second replica, counts anew and only costs attempts. So that
 * two replicas cannot share out an event and those that pass, one to each, for ever, every other
 * delivery that says nothing here is handed on at once: the trigger that failed has no pull waiting
 * then, and whoever has may have seen others pass. Whether to give up never depends on it.
 */
final class AttemptLedger {
  sealed interface Decision {
    /** Try it again later. */
    record Release(int failures) implements Decision {}

    /** Whoever waits tries it at once. */
    record HandOn(int failures) implements Decision {}

    record GiveUp(int failures) implements Decision {}
  }

  /** One failure says nothing: whether it is the event's shows in who gets through after it. */
  private static final int LEAST_ATTEMPTS = 2;

  /**
   * @param failures all of them
   * @param counted those before which another got through since the one counted last
   * @param passedBefore how many had passed when the last one was counted
   */
  private record Count(int failures, int counted, long passedBefore) {
    Count failedAgain(long passed) {
      return passed > passedBefore
          ? new Count(failures + 1, counted + 1, passed)
          : new Count(failures + 1, counted, passedBefore);
    }
  }

  private final int attempts;
  private final Map<Long, Count> bySequence;
  private long passed;

  /** At most {@code capacity} events are counted; past that the oldest one starts over. */
  AttemptLedger(int attempts, int capacity) {
    this.attempts = Math.max(LEAST_ATTEMPTS, attempts);
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

  /**
   * @param earlierDeliveries of this event, to whichever trigger, as the broker counts them
   */
  synchronized Decision failed(long sequence, int earlierDeliveries) {
    Count before = bySequence.get(sequence);
    Count count = before == null ? new Count(1, 1, passed) : before.failedAgain(passed);
    bySequence.put(sequence, count);
    if (count.counted() >= attempts) {
      return new Decision.GiveUp(count.failures());
    }
    boolean saysNothing = before != null && count.counted() == before.counted();
    return saysNothing && earlierDeliveries % 2 == 1
        ? new Decision.HandOn(count.failures())
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
