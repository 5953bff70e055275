package io.scrutin.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final VoteId VOTE = VoteId.of(new byte[VoteId.LENGTH_BYTES]);

  private static void refuses(ThrowingCallable construction, String message) {
    assertThatThrownBy(construction)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  private static Contest contest(List<Contest.Choice> choices, Instant opensAt, Instant closesAt) {
    Contest plain = Examples.contest();
    return new Contest(
        plain.lawId(),
        plain.title(),
        plain.question(),
        choices,
        opensAt,
        closesAt,
        plain.policy(),
        plain.tagScheme(),
        plain.ballotKey());
  }

  private static List<Contest.Choice> choices(int count) {
    LocalText label = new LocalText("Oui", "Yes");
    return IntStream.range(0, count)
        .mapToObj(i -> new Contest.Choice("choice-" + i, label))
        .toList();
  }

  @Test
  void aContestHasTwoToFiveHundredChoices() {
    assertThat(contest(choices(500), NOW, NOW.plusSeconds(1)).choices()).hasSize(500);
    refuses(() -> contest(choices(1), NOW, NOW.plusSeconds(1)), "a contest has 2 to 500 choices");
    refuses(() -> contest(choices(501), NOW, NOW.plusSeconds(1)), "a contest has 2 to 500 choices");
  }

  @Test
  void aContestHasNoTwoChoicesOfOneId() {
    Contest.Choice choice = choices(1).getFirst();
    refuses(
        () -> contest(List.of(choice, choice), NOW, NOW.plusSeconds(1)),
        "two choices have the same id");
  }

  @Test
  void aContestClosesAfterItOpens() {
    refuses(() -> contest(choices(2), NOW, NOW), "a contest closes after it opens");
  }

  @Test
  void aContestIsOpenFromItsFirstInstantToBeforeItsLast() {
    Contest contest = contest(choices(2), NOW, NOW.plusSeconds(10));
    assertThat(contest.isOpenAt(NOW.minusNanos(1))).isFalse();
    assertThat(contest.isOpenAt(NOW)).isTrue();
    assertThat(contest.isOpenAt(NOW.plusSeconds(10).minusNanos(1))).isTrue();
    assertThat(contest.isOpenAt(NOW.plusSeconds(10))).isFalse();
  }

  @Test
  void aContestClosedEarlierIsOtherwiseTheSame() {
    Contest contest = contest(choices(2), NOW, NOW.plusSeconds(10));
    Contest earlier = contest.closingAt(NOW.plusSeconds(5));
    assertThat(earlier.closesAt()).isEqualTo(NOW.plusSeconds(5));
    assertThat(earlier.closingAt(contest.closesAt())).isEqualTo(contest);
    assertThat(contest.closingAt(contest.closesAt())).isSameAs(contest);
  }

  @Test
  void aContestKnowsItsChoices() {
    Contest contest = Examples.contest();
    assertThat(contest.hasChoice("oui")).isTrue();
    assertThat(contest.hasChoice("OUI")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "a>b", "loi-é", "a\n"})
  void aLawIdIsFitForASubjectAnUrlAndAKey(String lawId) {
    assertThatThrownBy(() -> new VoteRecorded(VOTE, lawId))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("lawId");
  }

  @Test
  void aTextIsReadInBothLanguages() {
    LocalText text = new LocalText("Oui", "Yes");
    assertThat(text.in("fr")).isEqualTo("Oui");
    assertThat(text.in("en")).isEqualTo("Yes");
    assertThat(text.in("de")).isEqualTo("Yes");
    refuses(() -> new LocalText(" ", "Yes"), "fr has 1 to 4000 characters");
  }

  @Test
  void aTagIsNotShown() {
    Tag tag = Tag.of(new byte[Tag.LENGTH_BYTES]);
    assertThat(new VoteDuplicated(VOTE, "law", tag).toString()).doesNotContain(tag.bytes().hex());
  }

  @Test
  void bytesCannotBeChangedFromOutside() {
    byte[] source = {1, 2};
    Bytes bytes = Bytes.of(source);
    source[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes).isEqualTo(Bytes.ofHex("0102")).hasSameHashCodeAs(Bytes.ofHex("0102"));
  }

  @Test
  void bytesAreOrderedAsUnsigned() {
    assertThat(Bytes.ofHex("7f")).isLessThan(Bytes.ofHex("80"));
    assertThat(Tag.of(new byte[32])).isLessThan(new Tag(Bytes.ofHex("ff".repeat(32))));
  }

  @Test
  void badHexIsNotShown() {
    refuses(() -> Bytes.ofHex("zz"), "is not pairs of hexadecimal digits");
    refuses(() -> Bytes.ofHex("abc"), "is not pairs of hexadecimal digits");
  }

  @Test
  void anEventKeepsItsStoryThroughItsSteps() {
    Event cast = Event.first(new VoteRecorded(VOTE, "law"), "store", NOW, "00-a-b-01");
    Event next = cast.then(new TallyUpdated("law", 5), "tally", NOW);
    assertThat(next.causationId()).isEqualTo(cast.id());
    assertThat(next.traceparent()).isEqualTo("00-a-b-01");
    assertThat(next.id()).isEqualTo("law.5.tally_updated");
    assertThat(next.stampedAt()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "00 a", "00-é", "a\nb"})
  void aTraceparentThatIsNoneIsDropped(String traceparent) {
    Event event = Event.first(new VoteRecorded(VOTE, "law"), "submit", NOW, traceparent);
    assertThat(event.traceparent()).isNull();
  }

  @Test
  void anOverlongTraceparentIsDropped() {
    Event event = Event.first(new VoteRecorded(VOTE, "law"), "submit", NOW, "a".repeat(129));
    assertThat(event.traceparent()).isNull();
  }

  @Test
  void anIdHasNoLineEndsAndABound() {
    refuses(
        () -> new Event("a\nb", "s", NOW, null, null, null, new Wake("w")),
        "id has no control characters");
    refuses(
        () -> new Event("a".repeat(201), "s", NOW, null, null, null, new Wake("w")),
        "id has 1 to 200 characters");
    refuses(
        () -> new Event("a", "s", NOW, "", null, null, new Wake("w")),
        "causationId has 1 to 200 characters");
  }

  @Test
  void anAnswerToTheLongestIdHasAnIdThatFits() {
    String question = "q".repeat(Event.MAX_ID_LENGTH);
    Answered answered = new Answered(Answered.Kind.RETRY, question, null);
    assertThat(Event.first(answered, "step", NOW, null).id()).hasSize(Event.MAX_ID_LENGTH);
  }

  @Test
  void anOverlongReasonIsCutButNotThroughACharacter() {
    String reason = "r".repeat(199) + "😀";
    assertThat(new Answered(Answered.Kind.PARK, "q", reason).reason()).isEqualTo("r".repeat(199));
    assertThat(new Outcome(Outcome.Status.PARKED, 1, reason, NOW).reason())
        .isEqualTo("r".repeat(199));
  }

  @Test
  void attemptsAreCountedFromOne() {
    refuses(
        () -> new Outcome(Outcome.Status.RECORDED, 0, null, NOW), "attempts are counted from 1");
  }

  @Test
  void aParkedVoteIsFoundAgainByItsId() {
    EventParked parked = (EventParked) Examples.of(EventType.EVENT_PARKED).fact();
    assertThat(parked.correlationId()).isEqualTo(String.valueOf(parked.voteId()));
    assertThat(parked.about()).isEqualTo(parked.lawId());
    assertThat(parked.eventId()).isEqualTo("verify.local-VOTES.48213.event_parked");
  }

  @Test
  void aParkedMessageThatIsNoVoteIsFoundByItsPlaceInTheStream() {
    EventParked parked =
        new EventParked("dedup", "VOTES", 7, "s", NOW, "no JSON", null, null, null);
    assertThat(parked.correlationId()).isEqualTo("dedup.VOTES.7");
    assertThat(parked.about()).isEqualTo("dedup");
  }

  @Test
  void aParkedMessageIsBounded() {
    Bytes large = Bytes.of(new byte[EventParked.MAX_MESSAGE_BYTES + 1]);
    refuses(
        () -> new EventParked("dedup", "VOTES", 7, "s", NOW, "large", null, null, large),
        "a parked message has at most 262144 bytes");
  }
}
