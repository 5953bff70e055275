package io.scrutin.event;

/**
 * Submit accepted the form of a vote. The MAC proves that submit, and nobody else, introduced it.
 */
public record VoteCast(VoteId voteId, String lawId, Tag tag, SealedChoice sealed, Bytes mac)
    implements VoteFact {
  public static final int MAC_LENGTH_BYTES = 32;

  public VoteCast {
    Checks.lawId(lawId);
    if (mac.length() != MAC_LENGTH_BYTES) {
      throw new IllegalArgumentException("a MAC has 32 bytes, not " + mac.length());
    }
  }

  @Override
  public EventType type() {
    return EventType.VOTE_CAST;
  }
}
