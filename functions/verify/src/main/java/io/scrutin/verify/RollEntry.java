package io.scrutin.verify;

/** What the roll says of a tag. */
sealed interface RollEntry {
  record OnRoll() implements RollEntry {}

  /**
   * The complete roll in Postgres lacks it.
   *
   * @param scheme how that roll's tags are made: one of another scheme than the contest's lacks
   *     everybody
   */
  record NotOnRoll(String scheme) implements RollEntry {}

  /** The roll is still loading, so its lacking the tag means nothing. */
  record RollIncomplete() implements RollEntry {}
}
