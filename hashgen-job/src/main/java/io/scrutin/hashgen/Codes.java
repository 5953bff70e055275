package io.scrutin.hashgen;

import java.security.SecureRandom;

/** Codes to be read off paper and typed. */
final class Codes {
  static final int MIN_LENGTH = 6;
  static final int MAX_LENGTH = 16;

  /**
   * No two that look alike (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V), and no vowels, so that no code is a
   * word. Eight of 24 are 110 thousand million.
   */
  static final String ALPHABET = "2346789CDFGHJKMNPQRTVWXY";

  private static final int GROUP = 4;
  private static final int BLOCK_BYTES = 4_096;

  /** The least power of two that is no smaller than the alphabet, less one. */
  private static final int MASK = 31;

  private final SecureRandom random;
  private final int length;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int used = BLOCK_BYTES;

  Codes(SecureRandom random, int length) {
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a code has 6 to 16 characters");
    }
    this.random = random;
    this.length = length;
  }

  String next() {
    StringBuilder code = new StringBuilder(length);
    while (code.length() < length) {
      int drawn = nextByte() & MASK;
      // Drawn again, not folded back: a remainder would make some characters likelier.
      if (drawn < ALPHABET.length()) {
        code.append(ALPHABET.charAt(drawn));
      }
    }
    return code.toString();
  }

  private byte nextByte() {
    if (used == BLOCK_BYTES) {
      random.nextBytes(block);
      used = 0;
    }
    byte next = block[used];
    block[used++] = 0;
    return next;
  }

  /** As it is printed; whoever types the hyphens is understood. */
  static String grouped(String code) {
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < code.length(); i++) {
      if (i > 0 && i % GROUP == 0) {
        groups.append('-');
      }
      groups.append(code.charAt(i));
    }
    return groups.toString();
  }
}
