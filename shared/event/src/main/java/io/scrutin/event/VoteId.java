package io.scrutin.event;

/** The 128 bits that name one attempt to vote; the voter knows them as the request id. */
public record VoteId(Bytes bytes) implements Comparable<VoteId> {
  public static final int LENGTH_BYTES = 16;

  public VoteId {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException("a vote id has 16 bytes, not " + bytes.length());
    }
  }

  public static VoteId of(byte[] bytes) {
    return new VoteId(Bytes.of(bytes));
  }

  /** Reads the 32 hexadecimal digits that {@link #toString} writes. */
  public static VoteId parse(String hex) {
    return new VoteId(Bytes.ofHex(hex));
  }

  @Override
  public int compareTo(VoteId other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
