package io.scrutin.dedup;

/** What Redis says when a vote claims its voter's place. */
enum Claim {
  /** Nobody had claimed it. */
  FIRST,
  /** This same vote had. */
  REPLAY,
  /** Another vote had, which says nothing of what became of that one. */
  OTHER,
  /** Redis is away. */
  UNKNOWN
}
