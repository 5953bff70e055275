package io.scrutin.contests;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The half of the signing key that everybody may have, and by which a result is believed. */
final class PublicSigningKey {
  private static final String ALGORITHM = "Ed25519";
  private static final int RAW_BYTES = 32;
  private static final int KEY_ID_BYTES = 8;
  private static final int GROUP = 8;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  /** RFC 8410, 4: a public key of this algorithm is this and its 32 bytes. */
  private static final byte[] SPKI_HEAD = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final byte[] encoded;

  private PublicSigningKey(byte[] encoded) {
    this.encoded = encoded;
  }

  static PublicSigningKey ofRaw(byte[] raw) {
    return new PublicSigningKey(join(SPKI_HEAD, raw));
  }

  /**
   * @param base64 the key as {@link #base64} writes it, and as PEM has it between its lines
   */
  static PublicSigningKey ofBase64(String base64) {
    byte[] encoded = Base64.getDecoder().decode(base64);
    boolean ours =
        encoded.length == SPKI_HEAD.length + RAW_BYTES
            && Arrays.equals(SPKI_HEAD, Arrays.copyOf(encoded, SPKI_HEAD.length));
    if (!ours) {
      throw new IllegalArgumentException("this is no Ed25519 public key");
    }
    return new PublicSigningKey(encoded);
  }

  boolean verifies(byte[] document, byte[] sealed) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(document);
      return signature.verify(sealed);
    } catch (SignatureException noSignature) {
      return false;
    } catch (GeneralSecurityException noKey) {
      throw new IllegalArgumentException("this is no Ed25519 public key", noKey);
    }
  }

  String base64() {
    return Base64.getEncoder().encodeToString(encoded);
  }

  String keyId() {
    return HexFormat.of().formatHex(digest(), 0, KEY_ID_BYTES);
  }

  /**
   * @param written as {@link #fingerprint} writes it, or without its blanks
   */
  boolean hasFingerprint(String written) {
    return plain(written).equals(plain(fingerprint()));
  }

  static boolean isFingerprint(String written) {
    return FINGERPRINT.matcher(plain(written)).matches();
  }

  private static String plain(String written) {
    return written.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  /** SHA-256 of the encoded key in groups that can be read aloud. */
  String fingerprint() {
    String hex = HexFormat.of().formatHex(digest());
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < hex.length(); i += GROUP) {
      groups.append(i == 0 ? "" : " ").append(hex, i, i + GROUP);
    }
    return groups.toString();
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(encoded);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static byte[] join(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }
}
