package io.scrutin.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Events of every type, with whatever their records allow. */
public final class AnyEvent extends DomainContextBase {
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_9999 = Instant.parse("9999-12-31T23:59:59.999999999Z");

  @Provide
  Arbitrary<Event> events() {
    return Combinators.combine(
            names(200),
            names(200),
            moments(),
            names(200).injectNull(0.3),
            traceparents().injectNull(0.3),
            moments().injectNull(0.3),
            facts())
        .as(Event::new);
  }

  static Arbitrary<Fact> facts() {
    return Arbitraries.of(EventType.values()).flatMap(type -> fact(type).map(Fact.class::cast));
  }

  static Arbitrary<? extends Fact> fact(EventType type) {
    return switch (type) {
      case VOTE_CAST ->
          Combinators.combine(voteIds(), laws(), tags(), sealed(), bytes(32, 32)).as(VoteCast::new);
      case VOTE_VERIFIED ->
          Combinators.combine(voteIds(), laws(), tags(), sealed()).as(VoteVerified::new);
      case VOTE_ACCEPTED ->
          Combinators.combine(voteIds(), laws(), tags(), sealed()).as(VoteAccepted::new);
      case VOTE_RECORDED -> Combinators.combine(voteIds(), laws()).as(VoteRecorded::new);
      case VOTE_REJECTED ->
          Combinators.combine(voteIds(), laws(), Arbitraries.of(VoteRejected.Reason.values()))
              .as(VoteRejected::new);
      case VOTE_DUPLICATED ->
          Combinators.combine(voteIds(), laws(), tags()).as(VoteDuplicated::new);
      case CONTEST_OPENED -> contests().map(ContestOpened::new);
      case CONTEST_CLOSED -> Combinators.combine(laws(), moments()).as(ContestClosed::new);
      case TALLY_UPDATED ->
          Combinators.combine(laws(), Arbitraries.longs().greaterOrEqual(0)).as(TallyUpdated::new);
      case EVENT_PARKED -> parked();
      case REPLAY_ORDERED -> parked().map(EventParked::place).map(ReplayOrdered::new);
      case EVENT_REPLAYED -> parked().map(EventParked::place).map(EventReplayed::new);
      case WAKE -> names(64).map(Wake::new);
      case ANSWERED ->
          Combinators.combine(
                  Arbitraries.of(Answered.Kind.values()), names(200), texts(200).injectNull(0.3))
              .as(Answered::new);
      case OUTCOME_ASKED -> voteIds().map(OutcomeAsked::new);
      case OUTCOME_TOLD ->
          Combinators.combine(voteIds(), outcomes().injectNull(0.3)).as(OutcomeTold::new);
    };
  }

  @Provide
  Arbitrary<Contest> anyContest() {
    return contests();
  }

  static Arbitrary<Contest> contests() {
    Arbitrary<List<Contest.Choice>> choices =
        Combinators.combine(choiceIds(), localTexts())
            .as(Contest.Choice::new)
            .list()
            .ofMinSize(2)
            .ofMaxSize(6)
            .uniqueElements(Contest.Choice::id);
    Arbitrary<Contest.ResultsPolicy> policies =
        Combinators.combine(
                Arbitraries.of(Contest.ResultsPolicy.Visibility.values()),
                Arbitraries.integers().between(1, 1_000_000))
            .as(Contest.ResultsPolicy::new);
    Arbitrary<Contest.BallotKey> keys =
        Combinators.combine(names(64), bytes(32, 32)).as(Contest.BallotKey::new);
    return Combinators.combine(
            laws(),
            localTexts(),
            localTexts(),
            choices,
            moments().filter(moment -> moment.isBefore(YEAR_9999)),
            policies,
            names(32),
            keys)
        .as(
            (law, title, question, options, opensAt, policy, scheme, key) ->
                new Contest(
                    law, title, question, options, opensAt, YEAR_9999, policy, scheme, key));
  }

  private static Arbitrary<EventParked> parked() {
    return Combinators.combine(
            names(64),
            names(64),
            Arbitraries.longs().greaterOrEqual(0),
            names(200),
            moments(),
            texts(200),
            voteIds().injectNull(0.3),
            laws().injectNull(0.3))
        .flatAs(
            (binding, stream, sequence, subject, stampedAt, reason, voteId, law) ->
                bytes(0, 3000)
                    .injectNull(0.3)
                    .map(
                        message ->
                            new EventParked(
                                binding, stream, sequence, subject, stampedAt, reason, voteId, law,
                                message)));
  }

  private static Arbitrary<Outcome> outcomes() {
    return Combinators.combine(
            Arbitraries.of(Outcome.Status.values()),
            Arbitraries.integers().greaterOrEqual(1).injectNull(0.3),
            texts(200).injectNull(0.3),
            moments())
        .as(Outcome::new);
  }

  static Arbitrary<VoteId> voteIds() {
    return bytes(16, 16).map(VoteId::new);
  }

  private static Arbitrary<Tag> tags() {
    return bytes(32, 32).map(Tag::new);
  }

  private static Arbitrary<SealedChoice> sealed() {
    return Combinators.combine(
            Arbitraries.integers().between(1, Short.MAX_VALUE), names(64), bytes(1, 300))
        .as(SealedChoice::new);
  }

  private static Arbitrary<Bytes> bytes(int min, int max) {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(min).ofMaxSize(max).map(Bytes::of);
  }

  private static Arbitrary<String> laws() {
    return Arbitraries.strings().alpha().numeric().withChars("-_.").ofMinLength(1).ofMaxLength(64);
  }

  static Arbitrary<String> names(int max) {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .withChars('é', '€', '選')
        .ofMinLength(1)
        .ofMaxLength(max)
        .filter(name -> !name.isBlank());
  }

  private static Arbitrary<String> choiceIds() {
    return names(64).filter(id -> id.getBytes(UTF_8).length <= Contest.Choice.MAX_ID_BYTES);
  }

  private static Arbitrary<String> traceparents() {
    return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(128);
  }

  private static Arbitrary<LocalText> localTexts() {
    return Combinators.combine(texts(60), texts(60)).as(LocalText::new);
  }

  /** Any Unicode, line ends and characters beyond the first plane included. */
  private static Arbitrary<String> texts(int max) {
    return Arbitraries.integers()
        .between(1, 0x1FFFF)
        .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
        .map(Character::toString)
        .list()
        .ofMinSize(1)
        .ofMaxSize(max / 2)
        .map(points -> String.join("", points))
        .filter(text -> !text.isBlank());
  }

  static Arbitrary<Instant> moments() {
    return Combinators.combine(
            Arbitraries.longs().between(YEAR_0.getEpochSecond(), YEAR_9999.getEpochSecond()),
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 999_999_999),
                Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000),
                Arbitraries.just(0)))
        .as(Instant::ofEpochSecond);
  }
}
