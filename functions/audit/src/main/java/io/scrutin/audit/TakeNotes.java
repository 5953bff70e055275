package io.scrutin.audit;

import io.scrutin.audit.Note.OfContest;
import io.scrutin.audit.Note.OfVote;
import io.scrutin.event.Answered;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.event.TallyUpdated;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import io.scrutin.event.Wake;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What of an event belongs into the books. */
final class TakeNotes {
  /** Reasons for parking are texts for operators; as a code one need not be longer. */
  private static final int MAX_REASON_LENGTH = 96;

  private TakeNotes() {}

  static Optional<Note> of(Event event) {
    Instant at = event.stampedAt() == null ? event.time() : event.stampedAt();
    return switch (event.fact()) {
      case VoteCast cast ->
          Optional.of(new OfVote(cast.voteId(), Stage.CAST, cast.lawId(), at, null, null));
      case VoteRecorded recorded ->
          Optional.of(
              new OfVote(recorded.voteId(), Stage.RECORDED, recorded.lawId(), at, null, null));
      case VoteDuplicated twin ->
          Optional.of(
              new OfVote(twin.voteId(), Stage.DUPLICATED, twin.lawId(), at, null, twin.tag()));
      case VoteRejected rejected ->
          Optional.of(
              new OfVote(
                  rejected.voteId(),
                  Stage.REJECTED,
                  rejected.lawId(),
                  at,
                  rejected.reason().name().toLowerCase(Locale.ROOT),
                  null));
      case EventParked parked -> parked(parked, at);
      case ContestOpened opened ->
          Optional.of(
              new OfContest(
                  opened.lawId(),
                  "opens " + opened.contest().opensAt() + " closes " + opened.contest().closesAt(),
                  event.time()));
      case ContestClosed closed ->
          Optional.of(new OfContest(closed.lawId(), "closes " + closed.closesAt(), event.time()));
      case VoteVerified _,
          VoteAccepted _,
          TallyUpdated _,
          ReplayOrdered _,
          EventReplayed _,
          Wake _,
          OutcomeAsked _,
          OutcomeTold _,
          Answered _ ->
          Optional.empty();
    };
  }

  /** What is parked without a readable vote has no trail to go into: its stream alone keeps it. */
  private static Optional<Note> parked(EventParked parked, Instant at) {
    if (parked.voteId() == null || parked.lawId() == null || !parked.stopsTheVote()) {
      return Optional.empty();
    }
    String reason = code(parked.binding()) + "." + code(parked.reason());
    return Optional.of(
        new OfVote(
            parked.voteId(),
            Stage.PARKED,
            parked.lawId(),
            at,
            reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH)),
            null));
  }

  private static String code(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
  }
}
