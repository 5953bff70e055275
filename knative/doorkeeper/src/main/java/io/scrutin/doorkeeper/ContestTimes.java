package io.scrutin.doorkeeper;

import java.time.Instant;
import java.util.Locale;

/** When a contest is, and how far it has come. */
record ContestTimes(String lawId, State state, Instant opensAt, Instant closesAt) {
  /**
   * As {@code contests.contest} says it; one that is not here stops the job, which changes nothing.
   */
  enum State {
    DRAFT,
    OPEN,
    CLOSED,
    PUBLISHED;

    static State of(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  ContestTimes {
    if (!opensAt.isBefore(closesAt)) {
      throw new IllegalArgumentException(lawId + " closes before it opens");
    }
  }

  /** Announced, and nothing certified yet. */
  boolean isUnfinished() {
    return switch (state) {
      case OPEN, CLOSED -> true;
      case DRAFT, PUBLISHED -> false;
    };
  }
}
