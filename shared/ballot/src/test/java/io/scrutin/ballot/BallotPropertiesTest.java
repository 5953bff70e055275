package io.scrutin.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.ballot.Opening.Opened;
import io.scrutin.ballot.Opening.Unopenable;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BallotPropertiesTest {
  private static final BallotKeyPair KEY = BallotKeys.generate("key-1");
  private static final BallotKeyPair OTHER_KEY = BallotKeys.generate("key-2");
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final BallotSealer sealer = new BallotSealer(KEY.toBallotKey(), CLOCK);
  private final BallotOpener opener = new BallotOpener(List.of(KEY, OTHER_KEY));

  @Provide
  Arbitrary<String> choices() {
    return Arbitraries.strings()
        .ofMinLength(1)
        .ofMaxLength(64)
        .filter(BallotPropertiesTest::isSealable);
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .withCharRange(' ', '\ud7ff')
        .ofMinLength(1)
        .ofMaxLength(64)
        .filter(id -> !id.isBlank());
  }

  private static boolean isSealable(String choice) {
    byte[] bytes = choice.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= SchemeOne.MAX_CHOICE_BYTES
        && new String(bytes, StandardCharsets.UTF_8).equals(choice);
  }

  @Provide
  Arbitrary<String> laws() {
    return Arbitraries.strings().alpha().numeric().withChars("-_.").ofMinLength(1).ofMaxLength(64);
  }

  @Property
  void opensWhatWasSealed(
      @ForAll("laws") String law, @ForAll @Size(16) byte[] id, @ForAll("choices") String choice) {
    VoteId voteId = VoteId.of(id);
    SealedChoice sealed = sealer.seal(law, voteId, choice);
    assertThat(opener.open(law, voteId, sealed)).isEqualTo(new Opened(choice));
  }

  /** A contest with a choice that no ballot can hold would be found out by its voters. */
  @Property
  void hasRoomForEveryChoiceThatAContestMayOffer(@ForAll("ids") String id) {
    if (isOffered(id)) {
      assertThat(sealer.seal("law-1", VoteId.of(new byte[16]), id)).isNotNull();
    }
  }

  private static boolean isOffered(String id) {
    try {
      return new Contest.Choice(id, new LocalText("texte", "text")).id().equals(id);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Property
  void isAsLongForOneChoiceAsForAnother(@ForAll("choices") String choice) {
    SealedChoice sealed = sealer.seal("law-1", VoteId.of(new byte[16]), choice);
    assertThat(sealed.bytes().length()).isEqualTo(122).isEqualTo(SchemeOne.SEALED_BYTES);
  }

  @Property
  void opensNoBallotThatWasMovedToAnotherVoteOrLaw(
      @ForAll("laws") String law,
      @ForAll("laws") String otherLaw,
      @ForAll @Size(16) byte[] id,
      @ForAll @Size(16) byte[] otherId) {
    VoteId voteId = VoteId.of(id);
    VoteId otherVote = VoteId.of(otherId);
    SealedChoice sealed = sealer.seal(law, voteId, "oui");
    if (!law.equals(otherLaw)) {
      assertThat(opener.open(otherLaw, voteId, sealed)).isInstanceOf(Unopenable.class);
    }
    if (!voteId.equals(otherVote)) {
      assertThat(opener.open(law, otherVote, sealed)).isInstanceOf(Unopenable.class);
    }
  }

  /** The last bit of enc is none of the key's, but it is part of what the context is made of. */
  @Property
  void opensNoBallotWithAChangedBit(
      @ForAll @IntRange(max = 8 * 122 - 1) int bit, @ForAll("choices") String choice) {
    VoteId voteId = VoteId.of(new byte[16]);
    SealedChoice sealed = sealer.seal("law-1", voteId, choice);
    byte[] changed = sealed.bytes().toArray();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    Opening opening = opener.open("law-1", voteId, new SealedChoice(1, "key-1", Bytes.of(changed)));
    assertThat(opening).isInstanceOf(Unopenable.class);
    assertThat(opening.toString()).doesNotContain("oui");
  }

  @Property
  void opensNoBallotOfAnotherLength(@ForAll @Size(min = 1, max = 300) byte[] bytes) {
    SealedChoice noBallot = new SealedChoice(1, "key-1", Bytes.of(bytes));
    assertThat(opener.open("law-1", VoteId.of(new byte[16]), noBallot))
        .isInstanceOf(Unopenable.class);
  }

  @Property
  void opensNoBallotUnderAnotherKey(@ForAll("choices") String choice) {
    VoteId voteId = VoteId.of(new byte[16]);
    Bytes bytes = sealer.seal("law-1", voteId, choice).bytes();
    assertThat(opener.open("law-1", voteId, new SealedChoice(1, "key-2", bytes)))
        .isInstanceOf(Unopenable.class);
  }
}
