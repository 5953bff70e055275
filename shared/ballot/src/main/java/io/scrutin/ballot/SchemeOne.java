package io.scrutin.ballot;

import static io.scrutin.credential.Canonical.utf8;

import io.scrutin.credential.Canonical;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.VoteId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Scheme 1: the choice's id, padded, under HPKE with AES-128-GCM. X25519 has the strength of a
 * 128-bit key, so a longer AES key would protect nothing, and RFC 9180's own first vectors are for
 * this suite.
 *
 * <p>A sealed choice is the context's {@code enc} (32 bytes), the number of the message in that
 * context (8, big-endian) and the ciphertext (82): as long for one choice as for another.
 */
public final class SchemeOne {
  public static final int NUMBER = 1;

  /** In UTF-8. */
  public static final int MAX_CHOICE_BYTES = Contest.Choice.MAX_ID_BYTES;

  public static final int SEALED_BYTES =
      Hpke.ENC_BYTES + Long.BYTES + paddedBytes() + HpkeContext.TAG_BYTES;

  /**
   * Of the whole request; with every field at its longest and escaped, it needs a third of this.
   */
  public static final int MAX_POST_BYTES = 4 * 1024;

  static final Hpke HPKE = new Hpke(Hpke.Aead.AES_128_GCM);

  private SchemeOne() {}

  /** The parts of a sealed choice. */
  record Envelope(Bytes enc, long sequence, Bytes ciphertext) {
    Bytes toBytes() {
      return Bytes.of(
          ByteBuffer.allocate(SEALED_BYTES)
              .put(enc.toArray())
              .putLong(sequence)
              .put(ciphertext.toArray())
              .array());
    }

    static Optional<Envelope> of(Bytes sealed) {
      if (sealed.length() != SEALED_BYTES) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(sealed.toArray());
      byte[] enc = new byte[Hpke.ENC_BYTES];
      bytes.get(enc);
      long sequence = bytes.getLong();
      byte[] ciphertext = new byte[bytes.remaining()];
      bytes.get(ciphertext);
      return Optional.of(new Envelope(Bytes.of(enc), sequence, Bytes.of(ciphertext)));
    }
  }

  private static int paddedBytes() {
    return Short.BYTES + MAX_CHOICE_BYTES;
  }

  /** Ties a context to the key's name as well: a key kept under two names makes two. */
  static byte[] info(String keyId) {
    return Canonical.of("scrutin ballot 1", utf8(keyId));
  }

  /** Ties a ballot to its voter's one vote, so that it cannot be moved or copied to another. */
  static byte[] associatedData(String lawId, VoteId voteId) {
    return Canonical.of("scrutin choice 1", utf8(lawId), voteId.bytes().toArray());
  }

  /** Its length, the id, and zeros up to one length for all. */
  static byte[] pad(String choiceId) {
    byte[] id = utf8(choiceId);
    if (id.length == 0 || id.length > MAX_CHOICE_BYTES) {
      throw new IllegalArgumentException("a choice has 1 to " + MAX_CHOICE_BYTES + " bytes");
    }
    return ByteBuffer.allocate(paddedBytes()).putShort((short) id.length).put(id).array();
  }

  static Optional<String> unpad(byte[] padded) {
    int length = padded.length == paddedBytes() ? ByteBuffer.wrap(padded).getShort() : 0;
    if (length < 1 || length > MAX_CHOICE_BYTES) {
      return Optional.empty();
    }
    try {
      String id =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(padded, Short.BYTES, length))
              .toString();
      return Arrays.equals(pad(id), padded) ? Optional.of(id) : Optional.empty();
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }
}
