package io.scrutin.results;

/** What there is to say about a law's results. */
sealed interface Finding {
  record Found(Published published) implements Finding {}

  record UnknownLaw() implements Finding {}

  /** Postgres does not answer, and never has for this law. */
  record Away() implements Finding {}
}
