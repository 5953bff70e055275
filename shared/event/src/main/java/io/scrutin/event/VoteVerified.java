package io.scrutin.event;

/** The tag is on the roll and the broker stamped the cast in time. */
public record VoteVerified(VoteId voteId, String lawId, Tag tag, SealedChoice sealed)
    implements VoteFact {
  public VoteVerified {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.VOTE_VERIFIED;
  }
}
