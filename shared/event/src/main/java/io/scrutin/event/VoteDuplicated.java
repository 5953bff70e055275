package io.scrutin.event;

/** Another vote of the same voter is recorded in Postgres. */
public record VoteDuplicated(VoteId voteId, String lawId, Tag tag) implements VoteFact {
  public VoteDuplicated {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.VOTE_DUPLICATED;
  }
}
