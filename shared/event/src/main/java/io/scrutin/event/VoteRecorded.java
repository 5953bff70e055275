package io.scrutin.event;

/** The vote is committed in Postgres: the voter's one vote in this contest. */
public record VoteRecorded(VoteId voteId, String lawId) implements VoteFact {
  public VoteRecorded {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.VOTE_RECORDED;
  }
}
