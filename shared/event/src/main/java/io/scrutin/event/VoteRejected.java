package io.scrutin.event;

/** The vote does not count, for a reason that is true for good. */
public record VoteRejected(VoteId voteId, String lawId, Reason reason) implements VoteFact {
  /** Why. An unknown NAS and a wrong code are one reason, so that neither can be probed for. */
  public enum Reason {
    UNKNOWN_CREDENTIAL,
    TOO_EARLY,
    TOO_LATE
  }

  public VoteRejected {
    Checks.lawId(lawId);
  }

  @Override
  public EventType type() {
    return EventType.VOTE_REJECTED;
  }
}
