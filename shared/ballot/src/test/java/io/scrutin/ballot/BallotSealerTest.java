package io.scrutin.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.ballot.Opening.Opened;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BallotSealerTest {
  private static final BallotKeyPair KEY = BallotKeys.generate("key-1");
  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final VoteId VOTE = VoteId.of(new byte[16]);

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<Runnable> afterAMinute = new ArrayList<>();
  private final BallotSealer sealer = sealer(now::get, 1000);

  private BallotSealer sealer(InstantSource clock, long sealsPerContext) {
    return new BallotSealer(KEY.toBallotKey(), clock, afterAMinute::add, sealsPerContext);
  }

  private static SchemeOne.Envelope envelope(SealedChoice sealed) {
    return SchemeOne.Envelope.of(sealed.bytes()).orElseThrow();
  }

  private Bytes contextOfNextSeal() {
    return envelope(sealer.seal("law-1", VOTE, "oui")).enc();
  }

  @Test
  void countsMessagesInOneContext() {
    for (int i = 0; i < 3; i++) {
      assertThat(envelope(sealer.seal("law-1", VOTE, "oui")).sequence()).isEqualTo(i);
    }
    assertThat(afterAMinute).hasSize(1);
  }

  @Test
  void usesAContextForLessThanAMinute() {
    Bytes first = contextOfNextSeal();
    now.set(START.plusSeconds(60).minusNanos(1));
    assertThat(contextOfNextSeal()).isEqualTo(first);
    now.set(START.plusSeconds(60));
    SchemeOne.Envelope next = envelope(sealer.seal("law-1", VOTE, "oui"));
    assertThat(next.enc()).isNotEqualTo(first);
    assertThat(next.sequence()).isZero();
  }

  @Test
  void doesNotUseAContextLongerWhenTheClockIsSetBack() {
    Bytes first = contextOfNextSeal();
    now.set(START.minus(Duration.ofHours(1)));
    assertThat(contextOfNextSeal()).isNotEqualTo(first);
  }

  @Test
  void usesAContextForALimitedNumberOfVotes() {
    Set<Bytes> contexts = new HashSet<>();
    for (int i = 0; i < 2500; i++) {
      contexts.add(contextOfNextSeal());
    }
    assertThat(contexts).hasSize(3);
  }

  @Test
  void forgetsAContextAfterAMinuteThoughNobodyVotes() {
    Bytes first = contextOfNextSeal();
    assertThat(sealer.holdsContext()).isTrue();
    afterAMinute.getFirst().run();
    assertThat(sealer.holdsContext()).isFalse();
    assertThat(contextOfNextSeal()).isNotEqualTo(first);
  }

  @Test
  void forgetsOnlyTheContextWhoseMinuteIsOver() {
    contextOfNextSeal();
    now.set(START.plusSeconds(60));
    Bytes second = contextOfNextSeal();
    afterAMinute.getFirst().run();
    assertThat(contextOfNextSeal()).isEqualTo(second);
  }

  /** Two messages with one key and number would give away how both voters voted. */
  @Test
  void usesNoNumberTwiceWhenEightThreadsSealAcrossRotations() throws Exception {
    // Contexts end by number while time goes slowly, and then by age.
    Instant faster = START.plusSeconds(3000);
    BallotSealer busy =
        new BallotSealer(
            KEY.toBallotKey(),
            () -> now.updateAndGet(then -> then.plusMillis(then.isBefore(faster) ? 300 : 900)),
            forgetting -> {},
            97);
    int perThread = 3000;
    Map<VoteId, SealedChoice> sealed = new HashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Map<VoteId, SealedChoice>>> parts = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread * perThread;
        parts.add(threads.submit(() -> sealed(busy, first, perThread)));
      }
      for (Future<Map<VoteId, SealedChoice>> part : parts) {
        sealed.putAll(part.get());
      }
    }

    record Nonce(Bytes enc, long sequence) {}
    Set<Nonce> nonces = new HashSet<>();
    Set<Bytes> contexts = new HashSet<>();
    BallotOpener opener = new BallotOpener(List.of(KEY));
    sealed.forEach(
        (voteId, choice) -> {
          SchemeOne.Envelope envelope = envelope(choice);
          nonces.add(new Nonce(envelope.enc(), envelope.sequence()));
          contexts.add(envelope.enc());
          assertThat(envelope.sequence()).isLessThan(97);
          assertThat(opener.open("law-1", voteId, choice)).isEqualTo(new Opened("oui"));
        });
    assertThat(nonces).hasSize(8 * perThread);
    assertThat(contexts).hasSizeGreaterThan(8 * perThread / 200);
  }

  /** Each context costs half a millisecond, and at each new minute every request asks for one. */
  @Test
  @Timeout(30)
  void opensOneContextForAllWhoWaitForIt() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch mayOpen = new CountDownLatch(1);
    BallotSealer slow =
        sealer(
            () -> {
              opening.countDown();
              awaitQuietly(mayOpen);
              return START;
            },
            1000);
    Thread first = Thread.ofPlatform().start(() -> slow.seal("law-1", VOTE, "oui"));
    opening.await();
    Thread second = Thread.ofPlatform().start(() -> slow.seal("law-1", VOTE, "non"));
    while (second.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    mayOpen.countDown();
    first.join();
    second.join();
    assertThat(afterAMinute).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static Map<VoteId, SealedChoice> sealed(BallotSealer sealer, int first, int count) {
    Map<VoteId, SealedChoice> sealed = new HashMap<>();
    for (int i = first; i < first + count; i++) {
      VoteId voteId = VoteId.of(ByteBuffer.allocate(16).putInt(i).array());
      sealed.put(voteId, sealer.seal("law-1", voteId, "oui"));
    }
    return sealed;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789012345678901234567890123456789012345678901234567890123x"})
  void refusesChoicesThatNoBallotHasRoomFor(String choice) {
    assertThatThrownBy(() -> sealer.seal("law-1", VOTE, choice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("0123");
  }

  @Test
  void saysWhichKeyIsNoKey() {
    Contest.BallotKey smallOrder = new Contest.BallotKey("key-0", Bytes.of(new byte[32]));
    BallotSealer broken = new BallotSealer(smallOrder, InstantSource.fixed(START));
    assertThatThrownBy(() -> broken.seal("law-1", VOTE, "oui"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("key-0");
  }
}
