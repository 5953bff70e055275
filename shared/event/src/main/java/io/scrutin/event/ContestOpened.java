package io.scrutin.event;

/** The contest as voters see it from now on; it takes votes from its {@code opensAt}. */
public record ContestOpened(Contest contest) implements ContestFact {
  @Override
  public String lawId() {
    return contest.lawId();
  }

  @Override
  public EventType type() {
    return EventType.CONTEST_OPENED;
  }
}
