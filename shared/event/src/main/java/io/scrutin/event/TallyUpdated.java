package io.scrutin.event;

/**
 * More ballots of this law are counted. How many and for what is in Postgres alone: an event that
 * told would follow each vote's recording closely enough to be joined with it.
 */
public record TallyUpdated(String lawId, long batch) implements Fact {
  public TallyUpdated {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.TALLY_UPDATED;
  }

  @Override
  public String correlationId() {
    return lawId + "." + batch;
  }

  @Override
  public String about() {
    return lawId;
  }
}
