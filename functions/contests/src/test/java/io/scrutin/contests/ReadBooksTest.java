package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.books.Balance;
import io.scrutin.books.Book;
import io.scrutin.books.Difference;
import io.scrutin.books.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadBooksTest {
  private static Balance balance(boolean compared, long parked, long found, long tallied) {
    return balance(compared, 0, parked, found, tallied);
  }

  private static Balance balance(
      boolean compared, long unaccounted, long parked, long found, long tallied) {
    return new Balance(
        "law-1",
        Samples.CLOSES.plusSeconds(60),
        true,
        compared,
        unaccounted,
        new Balance.Votes(12, 10, 1, 1, 0, parked, 0, 0),
        new Balance.Ballots(10, 0, 9, 1),
        List.of(new Line(Book.TALLY, "oui", 6, tallied, tallied == 6)),
        found == 0 ? List.of() : List.of(new Difference(Book.CASTS, "ab12", "has no outcome")),
        found,
        List.of("the stream of casts is purged up to sequence 7"));
  }

  @Test
  void finishedBooksThatBalanceDifferInNothing() {
    BooksRead read = ReadBooks.of(balance(true, 0, 0, 6));
    assertThat(read.differences()).isEmpty();
    assertThat(read.figures()).containsEntry("tally: oui", 6L);
  }

  @Test
  void eachReasonNotToPublishIsSaid() {
    assertThat(ReadBooks.of(balance(true, 0, 0, 5)).differences())
        .containsExactly("tally: oui: 6 expected, 5");
    assertThat(ReadBooks.of(balance(true, 0, 1, 6)).differences())
        .containsExactly("ab12: has no outcome");
    assertThat(ReadBooks.of(balance(true, 1, 0, 6)).differences())
        .singleElement()
        .asString()
        .contains("1 parked");
    assertThat(ReadBooks.of(balance(true, 5, 0, 0, 6)).differences())
        .singleElement()
        .asString()
        .contains("5 purged casts that nobody may have read");
    assertThat(ReadBooks.of(balance(false, 0, 0, 6)).differences())
        .singleElement()
        .asString()
        .contains("not compared");
  }

  @Test
  void dropsNothingThatTheBooksNotedOrFound() {
    assertThat(ReadBooks.of(balance(true, 0, 0, 6)).notes())
        .containsExactly("the stream of casts is purged up to sequence 7");
    assertThat(ReadBooks.of(balance(true, 0, 9, 6)).differences())
        .containsExactly(
            "ab12: has no outcome", "8 more differences: ./scrutin reconcile lists them");
  }
}
