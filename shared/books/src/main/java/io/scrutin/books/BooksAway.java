package io.scrutin.books;

/** A book cannot be read now. That says nothing of whether they balance. */
public final class BooksAway extends RuntimeException {
  private static final long serialVersionUID = 1;

  BooksAway(String message, Throwable cause) {
    super(message, cause);
  }

  BooksAway(String message) {
    super(message);
  }
}
