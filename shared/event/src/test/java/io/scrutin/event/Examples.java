package io.scrutin.event;

import java.time.Instant;
import java.util.List;

/** One event of each type, as the catalogue shows them: a story of one law and few votes. */
final class Examples {
  private static final String LAW = "law-2026-17";
  private static final Instant CAST_AT = Instant.parse("2026-11-21T14:03:07.250Z");
  private static final Instant CLOSES_AT = Instant.parse("2026-11-22T00:00:00Z");
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final VoteId VOTE = VoteId.parse("5e9f2c41a7d34b0896e2f1c0d8b7a635");
  private static final Tag TAG = new Tag(pattern(Tag.LENGTH_BYTES, 0x11));
  private static final SealedChoice SEALED = new SealedChoice(1, "key-1", pattern(84, 0x5b));

  private Examples() {}

  static Event of(EventType type) {
    Event first = Event.first(fact(type), emitter(type), CAST_AT, TRACEPARENT);
    return switch (type) {
      case VOTE_CAST,
          CONTEST_OPENED,
          CONTEST_CLOSED,
          WAKE,
          OUTCOME_ASKED,
          EVENT_PARKED,
          REPLAY_ORDERED ->
          first;
      case VOTE_VERIFIED,
          VOTE_ACCEPTED,
          VOTE_RECORDED,
          VOTE_REJECTED,
          VOTE_DUPLICATED,
          TALLY_UPDATED,
          ANSWERED,
          EVENT_REPLAYED,
          OUTCOME_TOLD ->
          cause(type).then(first.fact(), first.source(), CAST_AT.plusMillis(20));
    };
  }

  private static String emitter(EventType type) {
    return CatalogueEntry.of(type).emitters().getFirst();
  }

  private static Event cause(EventType type) {
    EventType cause =
        switch (type) {
          case VOTE_ACCEPTED, VOTE_DUPLICATED -> EventType.VOTE_VERIFIED;
          case VOTE_RECORDED -> EventType.VOTE_ACCEPTED;
          case TALLY_UPDATED -> EventType.WAKE;
          case OUTCOME_TOLD -> EventType.OUTCOME_ASKED;
          case EVENT_REPLAYED -> EventType.REPLAY_ORDERED;
          case VOTE_CAST,
              VOTE_VERIFIED,
              VOTE_REJECTED,
              CONTEST_OPENED,
              CONTEST_CLOSED,
              EVENT_PARKED,
              REPLAY_ORDERED,
              WAKE,
              ANSWERED,
              OUTCOME_ASKED ->
              EventType.VOTE_CAST;
        };
    return Event.first(fact(cause), emitter(cause), CAST_AT, TRACEPARENT);
  }

  private static Fact fact(EventType type) {
    return switch (type) {
      case VOTE_CAST -> new VoteCast(VOTE, LAW, TAG, SEALED, pattern(32, 0x2d));
      case VOTE_VERIFIED -> new VoteVerified(VOTE, LAW, TAG, SEALED);
      case VOTE_ACCEPTED -> new VoteAccepted(VOTE, LAW, TAG, SEALED);
      case VOTE_RECORDED -> new VoteRecorded(VOTE, LAW);
      case VOTE_REJECTED -> new VoteRejected(VOTE, LAW, VoteRejected.Reason.UNKNOWN_CREDENTIAL);
      case VOTE_DUPLICATED -> new VoteDuplicated(VOTE, LAW, TAG);
      case CONTEST_OPENED -> new ContestOpened(contest());
      case CONTEST_CLOSED -> new ContestClosed(LAW, CLOSES_AT);
      case TALLY_UPDATED -> new TallyUpdated(LAW, 128_000);
      case EVENT_PARKED -> parked();
      case REPLAY_ORDERED -> new ReplayOrdered(parked().place());
      case EVENT_REPLAYED -> new EventReplayed(parked().place());
      case WAKE -> new Wake("tally-heartbeat");
      case ANSWERED -> new Answered(Answered.Kind.RETRY, VOTE + ".vote_cast", "roll is loading");
      case OUTCOME_ASKED -> new OutcomeAsked(VOTE);
      case OUTCOME_TOLD ->
          new OutcomeTold(
              VOTE, new Outcome(Outcome.Status.DUPLICATE, 2, null, CAST_AT.plusMillis(60)));
    };
  }

  private static EventParked parked() {
    return new EventParked(
        "verify",
        "local-VOTES",
        48_213,
        "local.voting.vote.cast.v1",
        CAST_AT,
        "still fails after 5 attempts",
        VOTE,
        LAW,
        Bytes.ofHex("7b7d"));
  }

  static Contest contest() {
    return new Contest(
        LAW,
        new LocalText("Loi 17 sur l’eau", "Act 17 on water"),
        new LocalText("Approuvez-vous la loi 17 sur l’eau ?", "Do you approve of Act 17 on water?"),
        List.of(
            new Contest.Choice("oui", new LocalText("Oui", "Yes")),
            new Contest.Choice("non", new LocalText("Non", "No"))),
        Instant.parse("2026-11-21T00:00:00Z"),
        CLOSES_AT,
        new Contest.ResultsPolicy(Contest.ResultsPolicy.Visibility.AT_CLOSE, 100),
        "hmac-sha256",
        new Contest.BallotKey("key-1", pattern(32, 0x3c)));
  }

  /** Bytes that look like what they stand for, and are the same in each build. */
  private static Bytes pattern(int length, int seed) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (seed * 31 + i * 167 + i * i * 13);
    }
    return Bytes.of(bytes);
  }
}
