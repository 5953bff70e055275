package io.scrutin.simulation;

/** What happened, in 64 bits: two runs that took the same turns have the same. */
final class Trace {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET;
  private long length;

  void add(long word) {
    hash = (hash ^ word) * PRIME;
    hash ^= hash >>> 29;
    length++;
  }

  long length() {
    return length;
  }

  @Override
  public String toString() {
    return "%016x".formatted(hash);
  }
}
