package io.scrutin.event;

/**
 * More ballots of this law are counted. For what is in Postgres alone, where the contest's policy
 * says who may see it.
 *
 * @param counted how many ballots are counted by now
 */
public record TallyUpdated(String lawId, long counted) implements Fact {
  public TallyUpdated {
    Checks.lawId(lawId);
    Checks.notNegative("counted", counted);
  }

  @Override
  public EventType type() {
    return EventType.TALLY_UPDATED;
  }

  @Override
  public String correlationId() {
    return lawId + "." + counted;
  }

  @Override
  public String about() {
    return lawId;
  }
}
