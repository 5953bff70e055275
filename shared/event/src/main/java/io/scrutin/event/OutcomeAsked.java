package io.scrutin.event;

/** What became of this vote? Asked over request/reply, so that asking wakes a sleeping audit. */
public record OutcomeAsked(VoteId voteId) implements Fact {
  @Override
  public EventType type() {
    return EventType.OUTCOME_ASKED;
  }

  @Override
  public String correlationId() {
    return voteId.toString();
  }

  @Override
  public String about() {
    return "outcome";
  }
}
