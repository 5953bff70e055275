package io.scrutin.credential;

import static io.scrutin.credential.Canonical.utf8;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.security.SecureRandom;
import java.util.Arrays;

/** Names attempts to vote. A name tells nothing about the voter to who lacks the request-id key. */
public final class VoteIds {
  public static final int MAX_IDEMPOTENCY_KEY_CHARS = 255;

  private static final String LABEL = "scrutin vote id 1";

  private final KeyedHash requestIdKey;
  private final SecureRandom random = new SecureRandom();

  public VoteIds(byte[] requestIdKey) {
    this.requestIdKey = new KeyedHash(requestIdKey);
  }

  public VoteId random() {
    byte[] bytes = new byte[VoteId.LENGTH_BYTES];
    random.nextBytes(bytes);
    return VoteId.of(bytes);
  }

  /**
   * The same vote for the same voter and key, so that a retry is no second attempt. The tag keeps
   * voters apart who chose the same key, and one voter's votes on two laws.
   */
  public VoteId fromIdempotencyKey(Tag tag, String idempotencyKey) {
    if (idempotencyKey.isEmpty() || idempotencyKey.length() > MAX_IDEMPOTENCY_KEY_CHARS) {
      throw new IllegalArgumentException(
          "an idempotency key has 1 to " + MAX_IDEMPOTENCY_KEY_CHARS + " characters");
    }
    byte[] hash = requestIdKey.of(Canonical.of(LABEL, tag.bytes().toArray(), utf8(idempotencyKey)));
    return VoteId.of(Arrays.copyOf(hash, VoteId.LENGTH_BYTES));
  }
}
