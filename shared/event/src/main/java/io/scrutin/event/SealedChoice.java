package io.scrutin.event;

/**
 * A choice that only the holder of the ballot key can read. What the bytes mean is the scheme's
 * business: every step between submit and tally passes them on as they are.
 */
public record SealedChoice(int scheme, String keyId, Bytes bytes) {
  /** A homomorphic ballot over a long list of candidates still fits; a flood does not. */
  public static final int MAX_BYTES = 16 * 1024;

  /** What a {@code smallint} column holds. */
  public static final int MAX_SCHEME = Short.MAX_VALUE;

  public SealedChoice {
    if (scheme < 1 || scheme > MAX_SCHEME) {
      throw new IllegalArgumentException("schemes are numbered from 1 to " + MAX_SCHEME);
    }
    Checks.name("keyId", keyId, 64);
    if (bytes.length() == 0 || bytes.length() > MAX_BYTES) {
      throw new IllegalArgumentException("a sealed choice has 1 to " + MAX_BYTES + " bytes");
    }
  }
}
