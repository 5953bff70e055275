package io.scrutin.event;

import org.jspecify.annotations.Nullable;

/** The answer to {@link OutcomeAsked}: nothing when no vote of that id is known. */
public record OutcomeTold(VoteId voteId, @Nullable Outcome outcome) implements Fact {
  @Override
  public EventType type() {
    return EventType.OUTCOME_TOLD;
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
