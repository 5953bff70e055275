package io.scrutin.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a voter is told of a vote.
 *
 * @param attemptCount which attempt of this voter it was: 1 for the recorded one, from 2 on for
 *     duplicates, absent where there is no voter to count for (a rejected credential) or the count
 *     is not known yet
 * @param reason why it was rejected or parked
 */
public record Outcome(
    Status status, @Nullable Integer attemptCount, @Nullable String reason, Instant at) {
  public static final int MAX_REASON_LENGTH = 200;

  public enum Status {
    RECEIVED,
    RECORDED,
    DUPLICATE,
    REJECTED,
    PARKED
  }

  public Outcome {
    if (attemptCount != null && attemptCount < 1) {
      throw new IllegalArgumentException("attempts are counted from 1");
    }
    reason = reason == null ? null : Checks.cut(reason, MAX_REASON_LENGTH);
  }
}
