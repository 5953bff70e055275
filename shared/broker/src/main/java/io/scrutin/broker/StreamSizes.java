package io.scrutin.broker;

import io.scrutin.event.StreamName;

/**
 * How much the streams may hold, and how often. VOTES is not chosen: it has room for all that the
 * casts in CASTS lead to, so that a full CASTS is worked off whatever happens.
 *
 * @param castsBytes for CASTS
 * @param otherBytes for each of the others
 */
public record StreamSizes(long castsBytes, long otherBytes, int replicas) {
  /**
   * Events that one cast leaves in VOTES at most: verified, accepted, recorded, tally updated. None
   * of them is larger than the cast, so that a multiple of its bytes holds them. The fifth is for
   * redeliveries, which publish again what they published.
   */
  private static final int EVENTS_PER_CAST = 4 + 1;

  /** The contests' own events, which follow from no cast. */
  private static final long CONTESTS_BYTES = 4L * 1024 * 1024;

  /** Measured at 350 to 900 bytes with headers and the store's own; rounded up. */
  static final int BYTES_PER_CAST = 1_024;

  /** Duplicates and refused attempts, before the 70 % at which an alarm goes off. */
  private static final int ATTEMPTS_PER_VOTER = 2;

  private static final long LEAST_CASTS_BYTES = 128L * 1024 * 1024;
  private static final long OTHER_BYTES = 256L * 1024 * 1024;

  public StreamSizes {
    if (castsBytes < 1 || otherBytes < 1) {
      throw new IllegalArgumentException("a stream without a bound fills the disk");
    }
    if (replicas < 1 || replicas > 5) {
      throw new IllegalArgumentException("a stream has 1 to 5 replicas");
    }
  }

  /** roll × attempts × bytes. */
  public static StreamSizes forRoll(long voters, int replicas) {
    long casts = voters * ATTEMPTS_PER_VOTER * BYTES_PER_CAST;
    return new StreamSizes(Math.max(LEAST_CASTS_BYTES, casts), OTHER_BYTES, replicas);
  }

  /**
   * The same for one broker on a disk that may not have that room: then fewer attempts, but never
   * less than one cast for each voter.
   *
   * @param roomBytes what the disk can give to streams
   */
  public static StreamSizes forRollIn(long voters, long roomBytes) {
    StreamSizes rule = forRoll(voters, 1);
    int perCastByte = 1 + EVENTS_PER_CAST;
    long beside = rule.reservedBytes() - perCastByte * rule.castsBytes;
    long fits = (roomBytes - beside) / perCastByte;
    long least = voters * BYTES_PER_CAST;
    long casts = Math.min(rule.castsBytes, Math.max(least, fits));
    return new StreamSizes(casts, rule.otherBytes, rule.replicas);
  }

  /** How many casts the streams take before they refuse more. */
  public long casts() {
    return castsBytes / BYTES_PER_CAST;
  }

  /** What all streams on file together may hold: so much disk each of their brokers keeps free. */
  public long reservedBytes() {
    long sum = 0;
    for (StreamName stream : StreamName.values()) {
      if (stream.isUsed() && stream.onFile()) {
        sum += bytes(stream);
      }
    }
    return sum;
  }

  long bytes(StreamName stream) {
    return switch (stream) {
      case CASTS -> castsBytes;
      case VOTES -> castsBytes * EVENTS_PER_CAST + CONTESTS_BYTES;
      case REGISTRY, ACCOUNTS, NOTIFY, PARKED, NONE -> otherBytes;
    };
  }
}
