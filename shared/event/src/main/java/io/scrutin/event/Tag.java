package io.scrutin.event;

/**
 * What stands for a voter's credential after submit: one-way, and different in each contest. It is
 * never logged, so {@link #toString} does not show it.
 */
public record Tag(Bytes bytes) implements Comparable<Tag> {
  public static final int LENGTH_BYTES = 32;

  public Tag {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException("a tag has 32 bytes, not " + bytes.length());
    }
  }

  public static Tag of(byte[] bytes) {
    return new Tag(Bytes.of(bytes));
  }

  @Override
  public int compareTo(Tag other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return "tag";
  }
}
