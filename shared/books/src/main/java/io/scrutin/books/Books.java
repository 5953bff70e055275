package io.scrutin.books;

import java.util.List;
import java.util.Optional;

/** Reads the books and says whether they balance. For one thread. */
public final class Books implements AutoCloseable {
  private final BookPlaces places;

  private Books(BookPlaces places) {
    this.places = places;
  }

  /** Connects to nothing yet. */
  public static Books open(BookPlaces places) {
    return new Books(places);
  }

  /**
   * Of every contest that is no draft, in the order of their ids.
   *
   * @throws BooksAway when Postgres or the broker cannot be asked
   */
  public List<Balance> balances() {
    throw new BooksAway("not reachable: " + places);
  }

  /** Nothing when there is no such contest, or it is a draft. */
  public Optional<Balance> balance(String lawId) {
    return balances().stream().filter(balance -> balance.lawId().equals(lawId)).findFirst();
  }

  @Override
  public void close() {}
}
