package io.scrutin.event;

/** No other vote of this voter is known to be recorded; store decides. */
public record VoteAccepted(VoteId voteId, String lawId, Tag tag, SealedChoice sealed)
    implements VoteFact {
  public VoteAccepted {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.VOTE_ACCEPTED;
  }
}
