package io.scrutin.contests;

import io.scrutin.credential.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/** What results are signed with: Ed25519 (RFC 8032). */
final class SigningKey {
  private static final String ALGORITHM = "Ed25519";
  private static final int HALF_BYTES = 32;

  private final PublicSigningKey publicKey;
  private final PrivateKey privateKey;

  private SigningKey(PublicSigningKey publicKey, PrivateKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /** Made when there is none: the first result that is published begins its history. */
  static SigningKey inFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      KeyFile.write(file, fresh());
    }
    return of(KeyFile.read(file));
  }

  /** Seed and public half, one after the other, as most tools for Ed25519 keep a secret key. */
  private static SigningKey of(byte[] both) {
    if (both.length != 2 * HALF_BYTES) {
      throw new IllegalArgumentException("a signing key is 64 bytes: seed and public half");
    }
    byte[] seed = Arrays.copyOf(both, HALF_BYTES);
    byte[] publicHalf = Arrays.copyOfRange(both, HALF_BYTES, both.length);
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance(ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(PublicSigningKey.join(PKCS8_HEAD, seed)));
      SigningKey key = new SigningKey(PublicSigningKey.ofRaw(publicHalf), privateKey);
      byte[] probe = {1};
      // Signed with one key and shown with another, no result would ever be believed.
      if (!key.publicKey.verifies(probe, key.sign(probe))) {
        throw new IllegalArgumentException("the halves of the signing key do not fit");
      }
      return key;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no Ed25519 in this JDK", impossible);
    }
  }

  /** RFC 8410, 7: a private key of this algorithm is this and its 32 bytes. */
  private static final byte[] PKCS8_HEAD = {
    0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20
  };

  private static byte[] fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return PublicSigningKey.join(
          lastHalf(pair.getPrivate().getEncoded()), lastHalf(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("no Ed25519 in this JDK", impossible);
    }
  }

  private static byte[] lastHalf(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - HALF_BYTES, encoded.length);
  }

  byte[] sign(byte[] document) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(document);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a document could not be signed", impossible);
    }
  }

  PublicSigningKey publicKey() {
    return publicKey;
  }
}
