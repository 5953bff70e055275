package io.scrutin.contests;

import io.scrutin.books.Balance;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the books of a contest say.
 *
 * @param votes what became of each vote id, once each: in the trail a retry leaves a second row
 * @param differences none when they balance
 * @param figures what was compared, by name
 * @param notes what is no difference, and what whoever certifies or reads a result has to know
 */
record BooksRead(
    Balance.Votes votes,
    Balance.Ballots ballots,
    List<String> differences,
    SortedMap<String, Long> figures,
    List<String> notes) {
  BooksRead {
    differences = List.copyOf(differences);
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    notes = List.copyOf(notes);
  }

  /** Votes that were taken in and have no end: on their way, set aside for a person, or lost. */
  long withoutOutcome() {
    return votes.pending() + votes.parked() + votes.lost();
  }

  /** A reason not to certify, and all that was noted: it may be what explains it. */
  String withNotes(String reason) {
    return notes.isEmpty() ? reason : reason + "; noted: " + String.join("; ", notes);
  }
}
