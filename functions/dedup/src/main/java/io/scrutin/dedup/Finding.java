package io.scrutin.dedup;

/** What dedup finds. */
enum Finding {
  /** Nothing speaks against it; store decides. */
  ACCEPTED,
  /** Another vote is recorded in Postgres. */
  DUPLICATED
}
