package io.scrutin.results;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one contest as Postgres has them.
 *
 * @param updatedAt when ballots were last added; absent while none are counted
 * @param complete whether no vote in time is on its way, and none waits to be counted
 * @param certified whether the result was published, so that nothing of it can move
 */
record Tally(
    Map<String, Long> votes, @Nullable Instant updatedAt, boolean complete, boolean certified) {
  Tally {
    votes = Map.copyOf(votes);
  }
}
