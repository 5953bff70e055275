package io.scrutin.doorkeeper;

import java.time.Instant;
import java.util.List;

/**
 * What Postgres says, in one statement.
 *
 * @param at by Postgres's clock: the nodes that this job runs on, one a minute, have each their
 *     own
 * @param untold whether contests has decided something that the broker does not know yet
 */
record Timetable(Instant at, List<ContestTimes> contests, boolean untold) {
  Timetable {
    contests = List.copyOf(contests);
  }
}
