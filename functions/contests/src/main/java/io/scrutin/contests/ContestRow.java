package io.scrutin.contests;

import io.scrutin.event.Contest;
import java.time.Instant;

/**
 * A contest as it stands.
 *
 * @param contest with the end that is in force, which an early closing may have changed
 */
record ContestRow(Contest contest, ContestState state) {
  String lawId() {
    return contest.lawId();
  }

  boolean isOverAt(Instant moment) {
    return !moment.isBefore(contest.closesAt());
  }

  ContestRow in(ContestState next) {
    return new ContestRow(contest, next);
  }
}
