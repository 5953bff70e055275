package io.scrutin.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CastMacTest {
  private static final Bytes SEQUENCE =
      Bytes.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final VoteId VOTE = VoteId.parse("000102030405060708090a0b0c0d0e0f");
  private static final Tag VOTER = new Tag(SEQUENCE);
  private static final SealedChoice SEALED = new SealedChoice(1, "key-1", Bytes.ofHex("c0ffee"));

  private final CastMac mac = new CastMac(SEQUENCE.toArray());
  private final Bytes signature = mac.of(VOTE, "law-1", VOTER, SEALED);

  /** Computed from the description of the encoding with Python's hmac. */
  @Test
  void signsAsDescribed() {
    assertThat(signature)
        .isEqualTo(Bytes.ofHex("9fca400a5f2156601cd218eaaa1e95b5706ed6a1aaa2614617ef8d0ee832c1e0"));
  }

  @Test
  void matchesWhatSubmitSigned() {
    assertThat(mac.matches(new VoteCast(VOTE, "law-1", VOTER, SEALED, signature))).isTrue();
  }

  @Test
  void matchesNoOtherVote() {
    VoteId otherVote = VoteId.of(new byte[16]);
    Tag otherVoter = Tag.of(new byte[32]);
    assertThat(matches(otherVote, "law-1", VOTER, SEALED)).isFalse();
    assertThat(matches(VOTE, "law-2", VOTER, SEALED)).isFalse();
    assertThat(matches(VOTE, "law-1", otherVoter, SEALED)).isFalse();
    assertThat(matches(VOTE, "law-1", VOTER, new SealedChoice(2, "key-1", SEALED.bytes())))
        .isFalse();
    assertThat(matches(VOTE, "law-1", VOTER, new SealedChoice(1, "key-2", SEALED.bytes())))
        .isFalse();
    Bytes otherBytes = Bytes.ofHex("c0ffef");
    assertThat(matches(VOTE, "law-1", VOTER, new SealedChoice(1, "key-1", otherBytes))).isFalse();
  }

  private boolean matches(VoteId voteId, String lawId, Tag tag, SealedChoice sealed) {
    return mac.matches(new VoteCast(voteId, lawId, tag, sealed, signature));
  }

  @Property
  void matchesNoSignatureWithAChangedBit(@ForAll @IntRange(max = 255) int bit) {
    byte[] changed = signature.toArray();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    assertThat(mac.matches(new VoteCast(VOTE, "law-1", VOTER, SEALED, Bytes.of(changed))))
        .isFalse();
  }

  /** What a law ends with could as well be what the tag begins with. */
  @Test
  void keepsApartWhatReadsTheSameInOneRun() {
    SealedChoice one = new SealedChoice(1, "key-1", Bytes.ofHex("31c0ffee"));
    SealedChoice other = new SealedChoice(1, "key-11", Bytes.ofHex("c0ffee"));
    assertThat(mac.of(VOTE, "law-1", VOTER, one)).isNotEqualTo(mac.of(VOTE, "law-1", VOTER, other));
  }

  @Test
  void givesEachKeyItsOwnSignatures() {
    assertThat(new CastMac(new byte[32]).of(VOTE, "law-1", VOTER, SEALED)).isNotEqualTo(signature);
  }

  @Test
  void refusesAShortKey() {
    assertThatThrownBy(() -> new CastMac(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
