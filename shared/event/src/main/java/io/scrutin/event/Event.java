package io.scrutin.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact with its envelope.
 *
 * @param causationId the id of the event that this one answers
 * @param stampedAt when JetStream took the event in; known once it has passed through the broker.
 *     This, and no function's clock, says whether a cast was in time.
 */
public record Event(
    String id,
    String source,
    Instant time,
    @Nullable String causationId,
    @Nullable String traceparent,
    @Nullable Instant stampedAt,
    Fact fact) {
  public static final int MAX_ID_LENGTH = 200;
  private static final int MAX_TRACEPARENT_LENGTH = 128;

  public Event {
    Checks.name("id", id, MAX_ID_LENGTH);
    Checks.name("source", source, 200);
    if (causationId != null) {
      Checks.name("causationId", causationId, MAX_ID_LENGTH);
    }
    // It may come from a voter's browser. W3C Trace Context has a bad one ignored, and an event
    // that was refused for it would be a vote lost.
    if (traceparent != null && !isUsable(traceparent)) {
      traceparent = null;
    }
  }

  private static boolean isUsable(String traceparent) {
    return !traceparent.isEmpty()
        && traceparent.length() <= MAX_TRACEPARENT_LENGTH
        && traceparent.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  /** The first event of a story. */
  public static Event first(Fact fact, String source, Instant time, @Nullable String traceparent) {
    return new Event(fact.eventId(), source, time, null, traceparent, null, fact);
  }

  /** What this event led to. */
  public Event then(Fact next, String nextSource, Instant nextTime) {
    return new Event(next.eventId(), nextSource, nextTime, id, traceparent, null, next);
  }
}
