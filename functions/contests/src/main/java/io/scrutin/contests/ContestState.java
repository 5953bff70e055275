package io.scrutin.contests;

import java.util.Locale;

/** How far a contest's life has come. In this order, and never back. */
enum ContestState {
  /** Nobody but its makers sees it. */
  DRAFT,
  /** Announced to everybody, it may be before its opening; its definition is frozen. */
  OPEN,
  /** Its end has passed. */
  CLOSED,
  /** Its result is certified. */
  PUBLISHED;

  /** As Postgres has it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ContestState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
