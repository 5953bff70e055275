package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.tag;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.audit.Note.OfContest;
import io.scrutin.audit.Note.OfVote;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.event.Wake;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakeNotesTest {
  private static EventParked parked(String reason, @Nullable VoteId vote, @Nullable String law) {
    return parked("verify", reason, vote, law);
  }

  private static EventParked parked(
      String binding, String reason, @Nullable VoteId vote, @Nullable String law) {
    return new EventParked(
        binding, "VOTES", 7, "test.voting.vote.cast.v1", DURING, reason, vote, law, null);
  }

  @Test
  void notesWhatBecameOfAVoteUnderTheStampOfTheBroker() {
    assertThat(TakeNotes.of(stamped(new VoteRecorded(vote(1), LAW), DURING)))
        .contains(new OfVote(vote(1), Stage.RECORDED, LAW, DURING, null, null));
  }

  @Test
  void takesTheTimeOfTheEventWhenTheBrokerDidNotStampIt() {
    Event unstamped = Event.first(new VoteRecorded(vote(1), LAW), "test", DURING, null);
    assertThat(TakeNotes.of(unstamped))
        .contains(new OfVote(vote(1), Stage.RECORDED, LAW, DURING, null, null));
  }

  @Test
  void keepsTheTagOfADuplicateAndOfNothingElse() {
    SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[] {1}));
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    assertThat(TakeNotes.of(stamped(new VoteCast(vote(1), LAW, tag(1), sealed, mac), DURING)))
        .contains(new OfVote(vote(1), Stage.CAST, LAW, DURING, null, null));
    assertThat(TakeNotes.of(stamped(new VoteDuplicated(vote(2), LAW, tag(1)), DURING)))
        .contains(new OfVote(vote(2), Stage.DUPLICATED, LAW, DURING, null, tag(1)));
    assertThatThrownBy(() -> new OfVote(vote(1), Stage.CAST, LAW, DURING, null, tag(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesReasonsAsCodes() {
    assertThat(
            TakeNotes.of(
                stamped(new VoteRejected(vote(1), LAW, Reason.UNKNOWN_CREDENTIAL), DURING)))
        .contains(new OfVote(vote(1), Stage.REJECTED, LAW, DURING, "unknown_credential", null));
    assertThat(TakeNotes.of(stamped(parked("Not from submit!", vote(1), LAW), DURING)))
        .contains(new OfVote(vote(1), Stage.PARKED, LAW, DURING, "verify.not_from_submit", null));
  }

  @Test
  void cutsTheReasonOfAParkedVote() {
    Note note = TakeNotes.of(stamped(parked("x".repeat(200), vote(1), LAW), DURING)).orElseThrow();
    assertThat(((OfVote) note).reason()).hasSize(96);
  }

  @Test
  void hasNoTrailForWhatWasParkedUnread() {
    assertThat(TakeNotes.of(stamped(parked("no json", null, null), DURING))).isEmpty();
    assertThat(TakeNotes.of(stamped(parked("no json", null, LAW), DURING))).isEmpty();
  }

  /** The vote goes on all the same, and its voter must not be told that it is parked. */
  @ParameterizedTest
  @ValueSource(strings = {"audit", "audit-cast", "audit-recorded"})
  void doesNotTakeWhatAuditItselfCouldNotWriteForTheFateOfTheVote(String binding) {
    assertThat(TakeNotes.of(stamped(parked(binding, "broken", vote(1), LAW), DURING))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"verify", "dedup", "store"})
  void notesThatAVoteIsParkedWhereverItIsStuck(String binding) {
    assertThat(TakeNotes.of(stamped(parked(binding, "broken", vote(1), LAW), DURING)))
        .contains(new OfVote(vote(1), Stage.PARKED, LAW, DURING, binding + ".broken", null));
  }

  @Test
  void notesTheLifeOfAContestUnderTheTimeThatNoSecondPublishingChanges() {
    Event opened = stamped(new ContestOpened(Notes.contest(Visibility.LIVE)), DURING);
    assertThat(TakeNotes.of(opened))
        .contains(
            new OfContest(
                LAW, "opens 2026-06-01T08:00:00Z closes 2026-06-02T08:00:00Z", opened.time()));
    Event closed = stamped(new ContestClosed(LAW, Notes.CLOSES), DURING);
    assertThat(TakeNotes.of(closed))
        .contains(new OfContest(LAW, "closes 2026-06-02T08:00:00Z", closed.time()));
  }

  @Test
  void notesNothingOfAQuestionOrAWake() {
    assertThat(TakeNotes.of(stamped(new OutcomeAsked(vote(1)), DURING))).isEmpty();
    assertThat(TakeNotes.of(stamped(new Wake("audit"), DURING))).isEmpty();
  }
}
