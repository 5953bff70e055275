package io.scrutin.books;

/**
 * Two figures that should be the same.
 *
 * @param agrees not always {@code expected == found}: while counts may not be seen, the two are
 *     sums, and choices may differ under equal sums
 */
public record Line(Book book, String what, long expected, long found, boolean agrees) {
  static Line of(Book book, String what, long expected, long found) {
    return new Line(book, what, expected, found, expected == found);
  }
}
