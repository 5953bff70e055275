package io.scrutin.books;

/** The ways in which one vote, voter or message can be wrong, found by its id. */
enum Discrepancy {
  NO_DURABLE(Book.CASTS, "the broker has no durable of this name: nothing carries its events"),
  LOST(Book.CASTS, "was cast, and is neither answered nor on its way"),
  TOO_MANY_WAIT(
      Book.CASTS, "has no answer, and the broker has fewer messages on their way than such votes"),
  DELETED_CAST(
      Book.CASTS, "is gone from the middle of the stream: nobody can say whose vote it was"),
  UNREADABLE_CAST(Book.CASTS, "is a cast that cannot be read, and it is not parked"),
  NOT_IN_TRAIL(Book.CASTS, "was cast, and audit's trail does not know it"),
  NOT_IN_STREAM(Book.CASTS, "is cast according to audit's trail, and the stream does not hold it"),
  NEVER_CAST(Book.CASTS, "has an outcome, and was never cast"),
  OUT_OF_TIME(
      Book.CASTS, "is recorded, and no cast of it was stamped while the contest took votes"),
  TWO_OUTCOMES(Book.CASTS, "has two outcomes"),
  PARKED(Book.CASTS, "is parked, and waits for a person"),
  UNREADABLE_PARKED(Book.CASTS, "is a parked message that names no vote"),
  NOT_SAID_RECORDED(Book.PARTICIPATIONS, "is recorded, and audit's trail does not say so"),
  NOT_RECORDED(Book.PARTICIPATIONS, "is recorded according to audit's trail, and is not"),
  TWO_VOTERS(Book.PARTICIPATIONS, "is recorded for more than one voter"),
  OTHER_VOTER(Book.PARTICIPATIONS, "is recorded for another voter than the one who cast it"),
  STRANGE_ENVELOPE(Book.PARTICIPATIONS, "has an envelope, and is not recorded"),
  STRANGE_SPOILED(Book.PARTICIPATIONS, "has a spoiled ballot, and is not recorded"),
  TWO_BALLOTS(Book.PARTICIPATIONS, "has more than one envelope or spoiled ballot"),
  STRANGER(Book.ROLL, "is the vote of somebody who is not on the roll"),
  KNOWN_AFTER_ALL(Book.ROLL, "is rejected as of nobody on the roll, and its voter is on it"),
  EXTRA_IN_INDEX(Book.ROLL, "is in Redis's index, and not on the roll: it lets a stranger in"),
  MISSING_IN_INDEX(
      Book.ROLL, "is on the roll, and not in Redis's bucket, which calls itself whole"),
  GAP(Book.ATTEMPTS, "is of a voter whose attempts are not numbered from 2 to the last"),
  NOT_NUMBERED(Book.ATTEMPTS, "is a duplicate in audit's trail, and has no number"),
  NO_DUPLICATE(Book.ATTEMPTS, "is numbered as an attempt, and no duplicate in audit's trail"),
  NO_FIRST_ATTEMPT(Book.ATTEMPTS, "is an attempt of a voter without another recorded vote"),
  OTHER_ATTEMPT(Book.ATTEMPTS, "is numbered as another voter's attempt than whose cast it is"),
  NOT_QUEUED(Book.COUNTERS, "is rejected or parked, and not in the queue for review"),
  QUEUED(Book.COUNTERS, "is in the queue for review, and neither rejected nor parked");

  private final Book book;
  private final String text;

  Discrepancy(Book book, String text) {
    this.book = book;
    this.text = text;
  }

  Book book() {
    return book;
  }

  String text() {
    return text;
  }
}
