package io.scrutin.event;

/** A stage of one vote's way. */
public sealed interface VoteFact extends Fact
    permits VoteCast, VoteVerified, VoteAccepted, VoteRecorded, VoteRejected, VoteDuplicated {

  VoteId voteId();

  String lawId();

  @Override
  default String correlationId() {
    return voteId().toString();
  }

  @Override
  default String about() {
    return lawId();
  }
}
