package io.scrutin.books;

import java.util.Locale;

/** The books that must agree with each other. */
public enum Book {
  /** Each cast ends once: recorded, duplicate, rejected; or is on its way, or parked. */
  CASTS,
  /** Each recorded vote is an envelope, a ballot in the box, or spoiled. */
  PARTICIPATIONS,
  /** The counts are those of a recount. */
  TALLY,
  /** The roll in Postgres, its index in Redis, and those who took part. */
  ROLL,
  /** The attempts of each voter are numbered without a gap. */
  ATTEMPTS,
  /** What audit has added up and queued is what its trail holds. */
  COUNTERS;

  /** As reports name it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
