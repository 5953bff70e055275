package io.scrutin.ballot;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;

/** A ballot key with its private half, which only tally holds; {@link #toString} hides it. */
public record BallotKeyPair(String keyId, Bytes publicKey, Bytes privateKey) {
  public BallotKeyPair {
    if (privateKey.length() != X25519.KEY_BYTES) {
      throw new IllegalArgumentException("an X25519 private key has 32 bytes");
    }
    // Two halves that do not fit would turn every ballot into a spoiled one.
    if (!X25519.publicOf(privateKey).equals(publicKey)) {
      throw new IllegalArgumentException("the private half of a ballot key is another key's");
    }
  }

  /** The half that everybody may see, as a contest carries it. */
  public Contest.BallotKey toBallotKey() {
    return new Contest.BallotKey(keyId, publicKey);
  }

  X25519.Pair toPair() {
    return new X25519.Pair(publicKey, privateKey);
  }

  @Override
  public String toString() {
    return "ballot key " + keyId;
  }
}
