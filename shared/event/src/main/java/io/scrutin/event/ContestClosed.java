package io.scrutin.event;

import java.time.Instant;

/** From {@code closesAt} on, a cast that the broker stamps does not count. */
public record ContestClosed(String lawId, Instant closesAt) implements ContestFact {
  public ContestClosed {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.CONTEST_CLOSED;
  }

  /** A contest may be closed earlier than it was closed before: that is another fact. */
  @Override
  public String eventId() {
    return ContestFact.super.eventId() + "." + closesAt;
  }
}
