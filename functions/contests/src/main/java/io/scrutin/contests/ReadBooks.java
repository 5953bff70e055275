package io.scrutin.contests;

import io.scrutin.books.Balance;
import io.scrutin.books.BookPlaces;
import io.scrutin.books.Books;
import io.scrutin.console.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the books say of a contest, in the words that publishing uses. */
final class ReadBooks {
  /** In a refusal; {@code ./scrutin reconcile} lists them all. */
  private static final int MOST_SAID = 5;

  private static final Balance.Votes NO_VOTES = new Balance.Votes(0, 0, 0, 0, 0, 0, 0, 0);
  private static final Balance.Ballots NO_BALLOTS = new Balance.Ballots(0, 0, 0, 0);

  private ReadBooks() {}

  /** Looks for its places only when it is asked: most verbs do not need them. */
  static Function<String, BooksRead> of(Surroundings surroundings) {
    return lawId -> {
      try (Books books = Books.open(BookPlaces.from(surroundings))) {
        return books
            .balance(lawId)
            .map(ReadBooks::of)
            .orElseGet(
                () ->
                    new BooksRead(
                        NO_VOTES,
                        NO_BALLOTS,
                        List.of("the books know no such contest"),
                        new TreeMap<>(),
                        List.of()));
      }
    };
  }

  static BooksRead of(Balance balance) {
    List<String> differences = new ArrayList<>();
    SortedMap<String, Long> figures = new TreeMap<>();
    balance
        .lines()
        .forEach(
            line -> {
              String name = line.book().code() + ": " + line.what();
              figures.put(name, line.found());
              if (!line.agrees()) {
                differences.add(name + ": " + line.expected() + " expected, " + line.found());
              }
            });
    balance.differences().stream()
        .limit(MOST_SAID)
        .forEach(difference -> differences.add(difference.id() + ": " + difference.text()));
    long unsaid = balance.found() - Math.min(balance.differences().size(), MOST_SAID);
    if (unsaid > 0) {
      differences.add(unsaid + " more differences: ./scrutin reconcile lists them");
    }
    if (!balance.finished()) {
      differences.add(
          ("not finished: %d pending, %d parked, %d envelopes waiting,"
                  + " %d purged casts that nobody may have read, Redis %s")
              .formatted(
                  balance.votes().pending(),
                  balance.votes().parked(),
                  balance.ballots().waiting(),
                  balance.unaccounted(),
                  balance.compared() ? "compared" : "or the roll not compared"));
    }
    return new BooksRead(balance.votes(), balance.ballots(), differences, figures, balance.notes());
  }
}
