package io.scrutin.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.ballot.Opening.Opened;
import io.scrutin.ballot.Opening.Unopenable;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BallotOpenerTest {
  private static final BallotKeyPair KEY = BallotKeys.generate("key-1");
  private static final BallotKeyPair OTHER = BallotKeys.generate("key-2");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final VoteId VOTE = VoteId.of(new byte[16]);

  private final BallotOpener opener = new BallotOpener(List.of(KEY, OTHER));

  private static SealedChoice sealed(BallotKeyPair key, String choice) {
    return new BallotSealer(key.toBallotKey(), CLOCK).seal("law-1", VOTE, choice);
  }

  @Test
  void opensBallotsOutOfOrder() {
    BallotSealer sealer = new BallotSealer(KEY.toBallotKey(), CLOCK);
    record Cast(VoteId voteId, String choice, SealedChoice sealed) {}
    List<Cast> casts = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      VoteId voteId = VoteId.of(ByteBuffer.allocate(16).putInt(i).array());
      String choice = "choice-" + i % 7;
      casts.add(new Cast(voteId, choice, sealer.seal("law-1", voteId, choice)));
    }
    Collections.shuffle(casts, new Random(1));
    for (Cast cast : casts) {
      assertThat(opener.open("law-1", cast.voteId(), cast.sealed()))
          .isEqualTo(new Opened(cast.choice()));
    }
    assertThat(opener.contextsHeld()).isEqualTo(1);
  }

  @Test
  void opensEachBallotUnderTheKeyItNames() {
    assertThat(opener.open("law-1", VOTE, sealed(KEY, "oui"))).isEqualTo(new Opened("oui"));
    assertThat(opener.open("law-1", VOTE, sealed(OTHER, "non"))).isEqualTo(new Opened("non"));
  }

  @Test
  void keepsABoundedNumberOfContexts() {
    SealedChoice first = sealed(KEY, "oui");
    opener.open("law-1", VOTE, first);
    for (int i = 0; i < BallotOpener.MAX_CONTEXTS + 10; i++) {
      byte[] enc = ByteBuffer.allocate(SchemeOne.SEALED_BYTES).putInt(9 + i).array();
      opener.open("law-1", VOTE, new SealedChoice(1, "key-1", Bytes.of(enc)));
    }
    assertThat(opener.contextsHeld()).isEqualTo(BallotOpener.MAX_CONTEXTS);
    assertThat(opener.open("law-1", VOTE, first)).isEqualTo(new Opened("oui"));
  }

  /** The ballot is not at fault: marked as spoiled, it would be lost. */
  @Test
  void doesNotJudgeBallotsItHasNoKeyOrSchemeFor() {
    SealedChoice foreign = sealed(BallotKeys.generate("key-3"), "oui");
    assertThatThrownBy(() -> opener.open("law-1", VOTE, foreign))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("key-3");
    SealedChoice newer = new SealedChoice(2, "key-1", Bytes.of(new byte[1]));
    assertThatThrownBy(() -> opener.open("law-1", VOTE, newer))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("scheme 2");
  }

  @Test
  void opensNothingFromAContextOfSmallOrder() {
    SealedChoice zeros = new SealedChoice(1, "key-1", Bytes.of(new byte[SchemeOne.SEALED_BYTES]));
    assertThat(opener.open("law-1", VOTE, zeros)).isInstanceOf(Unopenable.class);
  }

  /** Sealed as it should be, by somebody who holds the public key as everybody does. */
  @Test
  void opensNoPaddingThatHidesSomething() throws InvalidKeyException {
    byte[] padded = SchemeOne.pad("oui");
    assertThat(opened(padded)).isEqualTo(new Opened("oui"));

    byte[] markedBehind = padded.clone();
    markedBehind[65] = 1;
    byte[] empty = new byte[66];
    byte[] tooLong = padded.clone();
    tooLong[1] = 65;
    byte[] noText = padded.clone();
    noText[2] = (byte) 0xff;
    for (byte[] wrong : List.of(markedBehind, empty, tooLong, noText)) {
      assertThat(opened(wrong)).isEqualTo(new Unopenable("what was sealed is no choice"));
    }
  }

  private Opening opened(byte[] padded) throws InvalidKeyException {
    Hpke.Sender sender = SchemeOne.HPKE.send(KEY.publicKey(), SchemeOne.info("key-1"));
    Bytes ciphertext =
        Bytes.of(sender.context().seal(5, SchemeOne.associatedData("law-1", VOTE), padded));
    Bytes bytes = new SchemeOne.Envelope(sender.enc(), 5, ciphertext).toBytes();
    return opener.open("law-1", VOTE, new SealedChoice(1, "key-1", bytes));
  }

  @Test
  void knowsItsKeysById() {
    assertThat(opener.keyIds()).containsExactlyInAnyOrder("key-1", "key-2");
    assertThat(opener.opens(KEY.toBallotKey())).isTrue();
    assertThat(opener.opens(new Contest.BallotKey("key-1", OTHER.publicKey()))).isFalse();
    assertThat(opener.opens(new Contest.BallotKey("key-3", KEY.publicKey()))).isFalse();
    BallotKeyPair sameName = BallotKeys.generate("key-1");
    assertThatThrownBy(() -> new BallotOpener(List.of(KEY, sameName)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key-1");
  }

  @Test
  void refusesKeyPairsWhoseHalvesDoNotFit() {
    assertThatThrownBy(() -> new BallotKeyPair("key-1", OTHER.publicKey(), KEY.privateKey()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BallotKeyPair("key-1", KEY.publicKey(), Bytes.of(new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsThePublicHalfOfAPrivateKey() {
    assertThat(BallotKeys.ofPrivate("key-1", KEY.privateKey())).isEqualTo(KEY);
  }

  @Test
  void showsNoPrivateKey() {
    assertThat(KEY.toString()).doesNotContain(KEY.privateKey().hex()).contains("key-1");
  }
}
