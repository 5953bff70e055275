package io.scrutin.contests;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted in a contest, read in one snapshot.
 *
 * @param votes by choice, as the tally has them
 * @param recorded participations: one a voter
 * @param waiting sealed ballots that tally has not opened
 * @param cast vote ids that audit saw
 * @param rollComplete whether the roll was ever loaded to its end
 */
record Figures(
    SortedMap<String, Long> votes,
    long spoiled,
    long recorded,
    long waiting,
    long cast,
    long recordedSeen,
    long duplicated,
    long rejected,
    long rollSize,
    boolean rollComplete) {
  Figures {
    votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
  }

  long counted() {
    return votes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Votes that were taken in and have neither of the three ends: on their way, or parked. */
  long withoutOutcome() {
    return cast - recordedSeen - duplicated - rejected;
  }

  /** Every recorded vote is a counted or a spoiled ballot, and audit saw as many as store has. */
  boolean agree() {
    return waiting == 0 && counted() + spoiled == recorded && recordedSeen == recorded;
  }
}
