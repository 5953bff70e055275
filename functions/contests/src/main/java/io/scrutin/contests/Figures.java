package io.scrutin.contests;

import io.scrutin.books.Balance;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted in a contest, read in one snapshot.
 *
 * @param votes by choice, as the tally has them
 * @param recorded participations: one a voter
 * @param waiting sealed ballots that tally has not opened
 * @param rollComplete whether the roll was ever loaded to its end
 */
record Figures(
    SortedMap<String, Long> votes,
    long spoiled,
    long recorded,
    long waiting,
    long rollSize,
    boolean rollComplete) {
  Figures {
    votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
  }

  long counted() {
    return votes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Every recorded vote is a counted or a spoiled ballot, and the books found as many of each. */
  boolean agreeWith(BooksRead books) {
    return waiting == 0
        && counted() + spoiled == recorded
        && books.votes().recorded() == recorded
        && books.ballots().equals(new Balance.Ballots(recorded, waiting, counted(), spoiled));
  }
}
