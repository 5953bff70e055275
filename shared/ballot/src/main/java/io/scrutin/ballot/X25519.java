package io.scrutin.ballot;

import io.scrutin.event.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** The JDK's X25519 on keys as RFC 7748 writes them: 32 bytes, little-endian. */
final class X25519 {
  static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "X25519";

  /** RFC 7748, section 4.1: the u-coordinate of the base point is 9. */
  private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

  /** Both halves of a key. */
  record Pair(Bytes publicKey, Bytes privateKey) {
    @Override
    public String toString() {
      return "key pair";
    }
  }

  private X25519() {}

  static Pair generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] scalar = ((XECPrivateKey) pair.getPrivate()).getScalar().orElseThrow();
      BigInteger u = ((XECPublicKey) pair.getPublic()).getU();
      return new Pair(Bytes.of(littleEndian(u)), Bytes.of(scalar));
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }

  static Bytes publicOf(Bytes privateKey) {
    try {
      return Bytes.of(agree(privateKey(privateKey), publicKey(BASE_POINT)));
    } catch (GeneralSecurityException refused) {
      throw new IllegalArgumentException("this is no X25519 private key");
    }
  }

  /**
   * @throws InvalidKeyException for a public key of small order, which would fix the secret
   *     whatever the private key (RFC 9180, section 7.1.4); the JDK looks for it
   */
  static byte[] sharedSecret(Bytes privateKey, Bytes publicKey) throws InvalidKeyException {
    try {
      byte[] bigEndian = reversed(publicKey.toArray());
      bigEndian[0] &= 0x7f; // RFC 7748, section 5: the last bit is none of u's
      return agree(privateKey(privateKey), publicKey(new BigInteger(1, bigEndian)));
    } catch (InvalidKeyException refused) {
      throw refused;
    } catch (GeneralSecurityException absent) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, absent);
    }
  }

  private static byte[] agree(PrivateKey own, PublicKey theirs) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance(ALGORITHM);
    agreement.init(own);
    agreement.doPhase(theirs, true);
    return agreement.generateSecret();
  }

  private static PrivateKey privateKey(Bytes scalar) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar.toArray()));
  }

  private static PublicKey publicKey(BigInteger u) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, u));
  }

  private static byte[] littleEndian(BigInteger u) {
    byte[] bigEndian = u.toByteArray();
    byte[] bytes = new byte[KEY_BYTES];
    for (int i = 0; i < Math.min(KEY_BYTES, bigEndian.length); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
