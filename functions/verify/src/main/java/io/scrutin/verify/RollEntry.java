package io.scrutin.verify;

/** What the roll says of a tag. */
enum RollEntry {
  ON_ROLL,
  /** The complete roll in Postgres lacks it. */
  NOT_ON_ROLL,
  /** The roll is still loading, so its lacking the tag means nothing. */
  ROLL_INCOMPLETE
}
