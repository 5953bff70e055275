package io.scrutin.dedup;

import io.scrutin.event.VoteId;
import java.util.Optional;

/** The rule book of dedup. */
final class FindDuplicate {
  private FindDuplicate() {}

  /**
   * A claim alone never refuses: its vote may have been lost with the tail of a broker, or been
   * made in a Redis that was restored from yesterday.
   *
   * @param recorded the voter's recorded vote, as far as Postgres was asked and answered
   */
  static Finding decide(VoteId vote, Claim claim, Optional<VoteId> recorded) {
    return switch (claim) {
      case FIRST, REPLAY, UNKNOWN -> Finding.ACCEPTED;
      case OTHER ->
          recorded.filter(standing -> !standing.equals(vote)).isPresent()
              ? Finding.DUPLICATED
              : Finding.ACCEPTED;
    };
  }
}
