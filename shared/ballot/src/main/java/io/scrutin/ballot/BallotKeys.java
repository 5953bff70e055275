package io.scrutin.ballot;

import io.scrutin.event.Bytes;

/** Where ballot keys come from. */
public final class BallotKeys {
  private BallotKeys() {}

  public static BallotKeyPair generate(String keyId) {
    X25519.Pair pair = X25519.generate();
    return new BallotKeyPair(keyId, pair.publicKey(), pair.privateKey());
  }

  /** The pair whose private half was kept: a key file holds no more than that. */
  public static BallotKeyPair ofPrivate(String keyId, Bytes privateKey) {
    return new BallotKeyPair(keyId, X25519.publicOf(privateKey), privateKey);
  }
}
