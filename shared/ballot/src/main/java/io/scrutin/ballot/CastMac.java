package io.scrutin.ballot;

import static io.scrutin.credential.Canonical.number;
import static io.scrutin.credential.Canonical.utf8;

import io.scrutin.credential.Canonical;
import io.scrutin.credential.KeyedHash;
import io.scrutin.event.Bytes;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;

/**
 * Submit's signature under a cast, for verify to check: HMAC-SHA-256 of everything that the vote
 * is, so that who can write to the stream can still not vote.
 */
public final class CastMac {
  private static final String LABEL = "scrutin cast 1";

  private final KeyedHash key;

  /**
   * @param key at least 32 bytes that submit and verify share
   */
  public CastMac(byte[] key) {
    this.key = new KeyedHash(key);
  }

  public Bytes of(VoteId voteId, String lawId, Tag tag, SealedChoice sealed) {
    return Bytes.of(key.of(message(voteId, lawId, tag, sealed)));
  }

  public boolean matches(VoteCast cast) {
    return key.matches(
        message(cast.voteId(), cast.lawId(), cast.tag(), cast.sealed()), cast.mac().toArray());
  }

  private static byte[] message(VoteId voteId, String lawId, Tag tag, SealedChoice sealed) {
    return Canonical.of(
        LABEL,
        voteId.bytes().toArray(),
        utf8(lawId),
        tag.bytes().toArray(),
        number(sealed.scheme()),
        utf8(sealed.keyId()),
        sealed.bytes().toArray());
  }
}
