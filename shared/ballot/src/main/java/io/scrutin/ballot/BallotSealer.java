package io.scrutin.ballot;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Seals choices to one ballot key. It works in contexts, each of which costs two X25519 operations
 * and then serves many votes; a context is used for at most {@link #CONTEXT_LIFE} and then
 * forgotten, also when no further vote comes, so that who breaks in later finds no key to what was
 * sealed before. (The JDK offers no way to erase an AES key: its bytes go when the collector reuses
 * their place.)
 */
public final class BallotSealer {
  static final Duration CONTEXT_LIFE = Duration.ofSeconds(60);

  /**
   * More than a busy minute brings, and far below the 2^24.5 messages of 16 KiB that RFC 8446,
   * section 5.5, allows one AES-GCM key.
   */
  static final long SEALS_PER_CONTEXT = 1L << 20;

  /** One context while it is in use. */
  private static final class Sending {
    final Bytes enc;
    final HpkeContext context;
    final Instant since;
    final AtomicLong next = new AtomicLong();

    Sending(Hpke.Sender sender, Instant since) {
      this.enc = sender.enc();
      this.context = sender.context();
      this.since = since;
    }

    /** A clock that was set back must not lengthen a life: earlier than the start is over, too. */
    boolean isOverAt(Instant now) {
      return now.isBefore(since) || !now.isBefore(since.plus(CONTEXT_LIFE));
    }
  }

  private final Contest.BallotKey key;
  private final byte[] info;
  private final InstantSource clock;
  private final Executor whenLifeIsOver;
  private final long sealsPerContext;
  private final AtomicReference<@Nullable Sending> current = new AtomicReference<>();

  public BallotSealer(Contest.BallotKey key, InstantSource clock) {
    this(
        key,
        clock,
        CompletableFuture.delayedExecutor(CONTEXT_LIFE.toSeconds(), TimeUnit.SECONDS),
        SEALS_PER_CONTEXT);
  }

  /**
   * @param whenLifeIsOver runs what it is given after {@link #CONTEXT_LIFE}
   */
  BallotSealer(
      Contest.BallotKey key, InstantSource clock, Executor whenLifeIsOver, long sealsPerContext) {
    this.key = key;
    this.info = SchemeOne.info(key.keyId());
    this.clock = clock;
    this.whenLifeIsOver = whenLifeIsOver;
    this.sealsPerContext = sealsPerContext;
  }

  /**
   * Seals a choice for one vote on one law.
   *
   * @throws IllegalArgumentException for a choice longer than {@link SchemeOne#MAX_CHOICE_BYTES};
   *     none of a contest's is
   */
  public SealedChoice seal(String lawId, VoteId voteId, String choiceId) {
    byte[] padded = SchemeOne.pad(choiceId);
    byte[] associatedData = SchemeOne.associatedData(lawId, voteId);
    while (true) {
      Sending sending = current();
      // Taken once and for all: two messages under one number would give both away.
      long sequence = sending.next.getAndIncrement();
      if (sequence < sealsPerContext) {
        Bytes ciphertext = Bytes.of(sending.context.seal(sequence, associatedData, padded));
        Bytes bytes = new SchemeOne.Envelope(sending.enc, sequence, ciphertext).toBytes();
        return new SealedChoice(SchemeOne.NUMBER, key.keyId(), bytes);
      }
      forget(sending);
    }
  }

  private Sending current() {
    Sending sending = current.get();
    return sending == null || sending.isOverAt(clock.instant()) ? renewed(sending) : sending;
  }

  /** One thread opens the next context, and those that wait for it use the same. */
  private synchronized Sending renewed(@Nullable Sending over) {
    Sending meanwhile = current.get();
    if (meanwhile != null && meanwhile != over) {
      return meanwhile;
    }
    Sending fresh = open();
    current.set(fresh);
    whenLifeIsOver.execute(() -> forget(fresh));
    return fresh;
  }

  private Sending open() {
    try {
      return new Sending(SchemeOne.HPKE.send(key.publicKey(), info), clock.instant());
    } catch (InvalidKeyException smallOrder) {
      throw new IllegalStateException("ballot key " + key.keyId() + " is no key", smallOrder);
    }
  }

  private void forget(Sending sending) {
    current.compareAndSet(sending, null);
  }

  boolean holdsContext() {
    return current.get() != null;
  }
}
