package io.scrutin.ballot;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key and nonces that sender and recipient share (RFC 9180, section 5.2). It does not count:
 * senders number their messages, each number once, and recipients open them in any order.
 */
final class HpkeContext {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final SecretKey key;
  private final byte[] baseNonce;

  HpkeContext(byte[] key, byte[] baseNonce) {
    this.key = new SecretKeySpec(key, "AES");
    this.baseNonce = baseNonce;
  }

  byte[] seal(long sequence, byte[] associatedData, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, sequence, associatedData).doFinal(plaintext);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("AES-GCM does not seal", broken);
    }
  }

  /** Nothing, when a bit of it was changed or it was sealed otherwise. */
  Optional<byte[]> open(long sequence, byte[] associatedData, byte[] ciphertext) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, sequence, associatedData).doFinal(ciphertext));
    } catch (AEADBadTagException changed) {
      return Optional.empty();
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("AES-GCM does not open", broken);
    }
  }

  /** A cipher of its own for each message: threads share the context. */
  private Cipher cipher(int mode, long sequence, byte[] associatedData)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce(sequence)));
    cipher.updateAAD(associatedData);
    return cipher;
  }

  /** The number, as wide as a nonce, added bit by bit to the base. */
  private byte[] nonce(long sequence) {
    ByteBuffer nonce = ByteBuffer.wrap(baseNonce.clone());
    int at = NONCE_BYTES - Long.BYTES;
    return nonce.putLong(at, nonce.getLong(at) ^ sequence).array();
  }
}
