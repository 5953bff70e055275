package io.scrutin.broker;

import io.scrutin.event.StreamName;

/**
 * How much the streams may hold, and how often.
 *
 * @param votesBytes for VOTES
 * @param otherBytes for each of the others
 */
public record StreamSizes(long votesBytes, long otherBytes, int replicas) {
  /** Events that one vote leaves in VOTES: cast, verified, accepted, recorded, tally updated. */
  private static final int EVENTS_PER_VOTE = 5;

  /** Measured at 350 to 750 bytes with headers and the store's own; rounded up. */
  static final int BYTES_PER_EVENT = 1_024;

  /** Duplicates and refused attempts, before the 70 % at which an alarm goes off. */
  private static final int ATTEMPTS_PER_VOTER = 2;

  private static final long LEAST_BYTES = 256L * 1024 * 1024;

  public StreamSizes {
    if (votesBytes < 1 || otherBytes < 1) {
      throw new IllegalArgumentException("a stream without a bound fills the disk");
    }
    if (replicas < 1 || replicas > 5) {
      throw new IllegalArgumentException("a stream has 1 to 5 replicas");
    }
  }

  /** roll × events × bytes, twice over. */
  public static StreamSizes forRoll(long voters, int replicas) {
    long votes = voters * ATTEMPTS_PER_VOTER * EVENTS_PER_VOTE * BYTES_PER_EVENT;
    return new StreamSizes(Math.max(LEAST_BYTES, votes), LEAST_BYTES, replicas);
  }

  long bytes(StreamName stream) {
    return stream == StreamName.VOTES ? votesBytes : otherBytes;
  }
}
