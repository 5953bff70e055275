package io.scrutin.ballot;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import java.security.InvalidKeyException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens ballots in any order, under any of the keys it was given. */
public final class BallotOpener {
  /** An hour of 17 submit instances. A context costs an X25519 operation to make, and 300 bytes. */
  static final int MAX_CONTEXTS = 1024;

  private record ContextName(String keyId, Bytes enc) {}

  private final Map<String, BallotKeyPair> keys;
  private final Map<ContextName, HpkeContext> contexts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ContextName, HpkeContext> eldest) {
          return size() > MAX_CONTEXTS;
        }
      };

  public BallotOpener(List<BallotKeyPair> keys) {
    Map<String, BallotKeyPair> byId = new HashMap<>();
    for (BallotKeyPair key : keys) {
      if (byId.put(key.keyId(), key) != null) {
        throw new IllegalArgumentException("two ballot keys are called " + key.keyId());
      }
    }
    this.keys = Map.copyOf(byId);
  }

  public Set<String> keyIds() {
    return keys.keySet();
  }

  /** Whether it has the private half of this very key, and not of another with the same id. */
  public boolean opens(Contest.BallotKey key) {
    BallotKeyPair held = keys.get(key.keyId());
    return held != null && held.publicKey().equals(key.publicKey());
  }

  /**
   * Opens what was sealed for this vote.
   *
   * @throws IllegalStateException if the scheme is unknown or the key is not here: that is no fault
   *     of the ballot's, and another opener may well open it
   */
  public Opening open(String lawId, VoteId voteId, SealedChoice sealed) {
    BallotKeyPair key = keys.get(sealed.keyId());
    if (sealed.scheme() != SchemeOne.NUMBER || key == null) {
      throw new IllegalStateException(
          "cannot open scheme %d under key %s".formatted(sealed.scheme(), sealed.keyId()));
    }
    Optional<SchemeOne.Envelope> envelope = SchemeOne.Envelope.of(sealed.bytes());
    if (envelope.isEmpty()) {
      return new Opening.Unopenable("not as long as ballots of scheme 1 are");
    }
    return open(SchemeOne.associatedData(lawId, voteId), key, envelope.get());
  }

  private Opening open(byte[] associatedData, BallotKeyPair key, SchemeOne.Envelope envelope) {
    HpkeContext context;
    try {
      context = context(key, envelope.enc());
    } catch (InvalidKeyException smallOrder) {
      return new Opening.Unopenable("its context has no key");
    }
    Optional<byte[]> padded =
        context.open(envelope.sequence(), associatedData, envelope.ciphertext().toArray());
    if (padded.isEmpty()) {
      return new Opening.Unopenable("not sealed for this vote under this key");
    }
    return SchemeOne.unpad(padded.get())
        .<Opening>map(Opening.Opened::new)
        .orElseGet(() -> new Opening.Unopenable("what was sealed is no choice"));
  }

  /** Made outside the lock: two threads may make one twice, and none waits for another's. */
  private HpkeContext context(BallotKeyPair key, Bytes enc) throws InvalidKeyException {
    ContextName name = new ContextName(key.keyId(), enc);
    synchronized (contexts) {
      HpkeContext known = contexts.get(name);
      if (known != null) {
        return known;
      }
    }
    HpkeContext context = SchemeOne.HPKE.receive(enc, key.toPair(), SchemeOne.info(key.keyId()));
    synchronized (contexts) {
      contexts.put(name, context);
    }
    return context;
  }

  int contextsHeld() {
    synchronized (contexts) {
      return contexts.size();
    }
  }
}
