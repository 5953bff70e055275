package io.scrutin.hashgen;

import io.scrutin.event.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Digests of files. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has SHA-256", absent);
    }
  }

  static Bytes of(byte[] content) {
    return Bytes.of(digest().digest(content));
  }
}
