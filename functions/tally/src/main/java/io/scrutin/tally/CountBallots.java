package io.scrutin.tally;

import io.scrutin.ballot.Opening;
import io.scrutin.event.Contest;
import io.scrutin.event.VoteId;
import java.time.Duration;
import java.time.Instant;
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

  /**
   * How many envelopes must wait before any is opened: fewer than a group would tie a ballot to a
   * handful of voters. What is left when the contest is over is opened all the same, or it would
   * not count; but all of it together, once nothing more has come for a while. A backlog that is
   * worked off after closing would be opened ballot by ballot otherwise.
   *
   * @param stillSince since when the envelopes that wait have been the same
   * @param settling how long after closing votes stamped in time may still be on their way
   */
  static int smallestGroup(Contest contest, Instant stillSince, Instant now, Duration settling) {
    boolean over = now.isAfter(contest.closesAt().plus(settling));
    boolean still = now.isAfter(stillSince.plus(settling));
    return over && still ? 1 : contest.policy().groupSize();
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
