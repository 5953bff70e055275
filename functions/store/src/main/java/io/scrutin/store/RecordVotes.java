package io.scrutin.store;

import io.scrutin.event.Fact;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The rule book of store. */
final class RecordVotes {
  private RecordVotes() {}

  /**
   * One candidate a voter, the first of the batch, in the order of the key: two batches that hold
   * the same voters then wait for each other instead of deadlocking.
   *
   * @param discarded votes that a person gave up, which may not count any more
   */
  static Collection<VoteAccepted> candidates(List<VoteAccepted> batch, Set<VoteId> discarded) {
    Map<Voter, VoteAccepted> first = new TreeMap<>();
    batch.stream()
        .filter(vote -> !discarded.contains(vote.voteId()))
        .forEach(vote -> first.putIfAbsent(Voter.of(vote), vote));
    return first.values();
  }

  /**
   * A vote is recorded when it is the one that stands for its voter, however often it comes.
   *
   * @param standing the vote that Postgres holds for each voter of the batch, after the insert
   * @return nothing of a vote that was given up, unless it or another one stands all the same
   */
  static Optional<Fact> outcome(
      VoteAccepted vote, Map<Voter, VoteId> standing, Set<VoteId> discarded) {
    VoteId stands = standing.get(Voter.of(vote));
    if (stands == null) {
      if (discarded.contains(vote.voteId())) {
        return Optional.empty();
      }
      throw new IllegalStateException("no vote stands for a voter of the batch just inserted");
    }
    return Optional.of(
        stands.equals(vote.voteId())
            ? new VoteRecorded(vote.voteId(), vote.lawId())
            : new VoteDuplicated(vote.voteId(), vote.lawId(), vote.tag()));
  }
}
