package io.scrutin.tally;

import io.scrutin.ballot.Opening;
import io.scrutin.event.Contest;
import io.scrutin.event.VoteId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The rule book of tally. */
final class CountBallots {
  /** An envelope and what was found in it. */
  record Opened(VoteId voteId, Opening opening) {}

  private CountBallots() {}

  /** One transaction; a contest whose groups are larger than this has them all the same. */
  private static final int MOST_AT_ONCE = 5_000;

  /**
   * How many envelopes must wait before any is opened: fewer than a group would tie a ballot to a
   * handful of voters. What is left when the contest is over is opened all the same, or it would
   * not count; but all of it together, once no more can come. To wait for a while instead would
   * open two handfuls where an outage at the end lasts longer than that. And of a backlog that is
   * more than a transaction takes no handful is left: 5,001 envelopes are one group, not one of
   * 5,000 and one ballot that everybody can see.
   *
   * @param drained whether all votes that were cast in time are recorded or refused
   */
  static GroupSize groupSize(Contest contest, boolean drained) {
    int group = contest.policy().groupSize();
    int most = Math.max(group, MOST_AT_ONCE);
    // While votes come in, whatever is left is not the rest yet.
    return drained ? new GroupSize(1, most, group) : new GroupSize(group, most, 0);
  }

  /**
   * @param order where the order of the box comes from: it must be one that nobody can guess
   */
  static Count count(Contest contest, List<Opened> group, RandomGenerator order) {
    List<String> box = new ArrayList<>(group.size());
    SortedMap<String, Integer> votes = new TreeMap<>();
    List<Count.Spoiled> spoiled = new ArrayList<>();
    for (Opened envelope : group) {
      switch (envelope.opening()) {
        case Opening.Opened opened when contest.hasChoice(opened.choiceId()) -> {
          box.add(opened.choiceId());
          votes.merge(opened.choiceId(), 1, Integer::sum);
        }
        case Opening.Opened _ ->
            spoiled.add(new Count.Spoiled(envelope.voteId(), "choice is not on the ballot"));
        case Opening.Unopenable unopenable ->
            spoiled.add(new Count.Spoiled(envelope.voteId(), unopenable.reason()));
      }
    }
    Collections.shuffle(box, order);
    return new Count(box, votes, spoiled);
  }
}
