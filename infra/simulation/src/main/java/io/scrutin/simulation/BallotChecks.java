package io.scrutin.simulation;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is in the box, against what was sent in time. */
final class BallotChecks {
  private final Tables tables;
  private final Ledger ledger;
  private final Instant closesAt;
  private final Map<VoteId, List<Instant>> kept;
  private final Map<VoteId, List<Instant>> ever;

  /**
   * @param kept the stamps of what the stream holds
   * @param ever those too that were lost with a tail
   */
  BallotChecks(
      Tables tables,
      Ledger ledger,
      Instant closesAt,
      Map<VoteId, List<Instant>> kept,
      Map<VoteId, List<Instant>> ever) {
    this.tables = tables;
    this.ledger = ledger;
    this.closesAt = closesAt;
    this.kept = kept;
    this.ever = ever;
  }

  void all() {
    checkParticipations();
    checkThatAllInTimeCount();
    checkCounts();
  }

  private boolean isInTime(VoteId vote, Map<VoteId, List<Instant>> among) {
    return among.getOrDefault(vote, List.of()).stream().anyMatch(at -> at.isBefore(closesAt));
  }

  private void checkParticipations() {
    Set<Tag> voters = new HashSet<>();
    for (byte[] id : tables.participation.committed().values()) {
      Ledger.Sent vote = ledger.of(VoteId.of(id));
      if (!voters.add(vote.tag)) {
        throw new Breach("twice", "the voter of " + vote.voteId + " counts more than once");
      }
    }
    tables
        .participation
        .committed()
        .forEach(
            (key, id) -> {
              Ledger.Sent vote = ledger.of(VoteId.of(id));
              if (!key.equals(Tables.key(Election.LAW, vote.tag.bytes().toArray()))) {
                throw new Breach("phantom", vote.voteId + " stands for somebody else");
              }
              if (!vote.onRoll) {
                throw new Breach("phantom", vote.voteId + " is of nobody on the roll");
              }
              if (!isInTime(vote.voteId, ever)) {
                throw new Breach("closing", vote.voteId + " was too late, and counts");
              }
            });
  }

  private void checkThatAllInTimeCount() {
    Set<String> voted = tables.participation.committed().keySet();
    for (Ledger.Sent vote : ledger.votes()) {
      boolean counts = voted.contains(Tables.key(Election.LAW, vote.tag.bytes().toArray()));
      if (vote.onRoll && !vote.breaksVerify && isInTime(vote.voteId, kept) && !counts) {
        throw new Breach("closing", vote.voteId + " was in time, and does not count");
      }
    }
  }

  private void checkCounts() {
    Map<String, Long> sent =
        tables.participation.committed().values().stream()
            .collect(
                Collectors.groupingBy(
                    id -> ledger.of(VoteId.of(id)).choice, TreeMap::new, Collectors.counting()));
    Map<String, Long> box =
        tables.box.committed().values().stream()
            .collect(
                Collectors.groupingBy(
                    Tables.BallotRow::choice, TreeMap::new, Collectors.counting()));
    Map<String, Long> counted = new TreeMap<>();
    tables
        .tally
        .committed()
        .forEach((key, votes) -> counted.put(key.substring(key.indexOf('|') + 1), votes));
    if (!tables.spoiled.committed().isEmpty()) {
      throw new Breach("ballots", "some hold no vote: " + tables.spoiled.committed());
    }
    if (!box.equals(sent)) {
      throw new Breach("ballots", "the box holds " + box + " of recorded " + sent);
    }
    if (!counted.equals(box)) {
      throw new Breach("counts", "counted are " + counted + ", the box holds " + box);
    }
  }
}
