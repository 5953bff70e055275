package io.scrutin.ballot;

import io.scrutin.event.Bytes;
import java.security.InvalidKeyException;

/**
 * HPKE (RFC 9180) in base mode with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-GCM. Names are
 * the RFC's.
 */
final class Hpke {
  /** RFC 9180, section 7.3. */
  enum Aead {
    AES_128_GCM(0x0001, 16),
    AES_256_GCM(0x0002, 32);

    private final int id;
    private final int keyBytes;

    Aead(int id, int keyBytes) {
      this.id = id;
      this.keyBytes = keyBytes;
    }
  }

  /** What a sender starts from: the context, and what the recipient needs to make the same one. */
  record Sender(Bytes enc, HpkeContext context) {}

  static final int ENC_BYTES = X25519.KEY_BYTES;

  private static final int KEM_ID = 0x0020;
  private static final int KDF_ID = 0x0001;
  private static final int SECRET_BYTES = 32;
  private static final byte[] MODE_BASE = {0};
  private static final byte[] EMPTY = {};

  private final Aead aead;
  private final LabeledHkdf kem = LabeledHkdf.of("KEM", KEM_ID);
  private final LabeledHkdf suite;

  Hpke(Aead aead) {
    this.aead = aead;
    this.suite = LabeledHkdf.of("HPKE", KEM_ID, KDF_ID, aead.id);
  }

  Sender send(Bytes recipient, byte[] info) throws InvalidKeyException {
    return send(recipient, info, X25519.generate());
  }

  /** With an ephemeral key of the caller's: the vectors of the RFC name theirs. */
  Sender send(Bytes recipient, byte[] info, X25519.Pair ephemeral) throws InvalidKeyException {
    byte[] dh = X25519.sharedSecret(ephemeral.privateKey(), recipient);
    byte[] secret = extractAndExpand(dh, ephemeral.publicKey(), recipient);
    return new Sender(ephemeral.publicKey(), schedule(secret, info));
  }

  HpkeContext receive(Bytes enc, X25519.Pair recipient, byte[] info) throws InvalidKeyException {
    byte[] dh = X25519.sharedSecret(recipient.privateKey(), enc);
    return schedule(extractAndExpand(dh, enc, recipient.publicKey()), info);
  }

  /** RFC 9180, section 4.1. */
  private byte[] extractAndExpand(byte[] dh, Bytes enc, Bytes recipient) {
    byte[] context = LabeledHkdf.join(enc.toArray(), recipient.toArray());
    byte[] prk = kem.extract(EMPTY, "eae_prk", dh);
    return kem.expand(prk, "shared_secret", context, SECRET_BYTES);
  }

  /** RFC 9180, section 5.1, without the exporter, which nothing here uses. */
  private HpkeContext schedule(byte[] sharedSecret, byte[] info) {
    byte[] pskIdHash = suite.extract(EMPTY, "psk_id_hash", EMPTY);
    byte[] infoHash = suite.extract(EMPTY, "info_hash", info);
    byte[] context = LabeledHkdf.join(MODE_BASE, pskIdHash, infoHash);
    byte[] secret = suite.extract(sharedSecret, "secret", EMPTY);
    byte[] key = suite.expand(secret, "key", context, aead.keyBytes);
    byte[] baseNonce = suite.expand(secret, "base_nonce", context, HpkeContext.NONCE_BYTES);
    return new HpkeContext(key, baseNonce);
  }
}
