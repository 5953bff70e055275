package io.scrutin.contests;

import static io.scrutin.contests.Samples.CLOSES;
import static io.scrutin.contests.Samples.SETTLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.books.Balance;
import io.scrutin.contests.Change.Done;
import io.scrutin.contests.Change.NothingToDo;
import io.scrutin.contests.Change.Reason;
import io.scrutin.contests.Change.Refused;
import io.scrutin.contests.ChangeContest.Closing;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must be so before a result is certified. */
class CertifyResultTest {
  private static final Instant SETTLED = CLOSES.plus(SETTLING);

  @Test
  void publishesWhatIsClosedSettledAndBalanced() {
    ContestRow closed = Samples.row(ContestState.CLOSED);
    assertThat(ChangeContest.publish(closed, Samples.closing(Samples.figures()), SETTLED))
        .isEqualTo(new Done(closed.in(ContestState.PUBLISHED), List.of()));
  }

  @Test
  void publishesOnce() {
    ContestRow published = Samples.row(ContestState.PUBLISHED);
    assertThat(ChangeContest.publish(published, Samples.closing(Samples.figures()), SETTLED))
        .isEqualTo(new NothingToDo(published));
  }

  @ParameterizedTest
  @CsvSource({"DRAFT, NEVER_OPENED", "OPEN, NOT_OVER"})
  void publishesNothingThatIsNotClosed(ContestState state, Reason reason) {
    assertThat(
            reason(
                ChangeContest.publish(
                    Samples.row(state), Samples.closing(Samples.figures()), SETTLED)))
        .isEqualTo(reason);
  }

  @Test
  void publishesNothingBeforeVotesOnTheirWayHaveArrived() {
    Closing closing = Samples.closing(Samples.figures());
    assertThat(publish(closing, SETTLED.minusMillis(1))).isEqualTo(Reason.NOT_SETTLED);
  }

  @ParameterizedTest
  @CsvSource({
    "6, 3, 1, 10, 1, ENVELOPES_WAIT",
    "6, 3, 0, 10, 0, COUNTS_DIFFER",
    "7, 3, 1, 10, 0, COUNTS_DIFFER",
    "5, 3, 1, 10, 0, COUNTS_DIFFER",
  })
  void publishesNothingThatDoesNotAddUp(
      long yes, long no, long spoiled, long recorded, long waiting, Reason reason) {
    Figures figures = Samples.figures(yes, no, spoiled, recorded, waiting);
    assertThat(publish(Samples.closing(figures), SETTLED)).isEqualTo(reason);
  }

  @Test
  void publishesNothingWhileAReaderIsBehindOrABookDiffers() {
    Figures figures = Samples.figures();
    assertThat(
            publish(new Closing(List.of("verify"), figures, Samples.BALANCED, SETTLING), SETTLED))
        .isEqualTo(Reason.CONSUMER_BEHIND);
    BooksRead differing = Samples.books(List.of("one vote too many"), 10, 9, 1);
    assertThat(publish(new Closing(List.of(), figures, differing, SETTLING), SETTLED))
        .isEqualTo(Reason.BOOKS_DIFFER);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0", "0, 1, 0", "0, 0, 1"})
  void publishesNothingWhileAVoteHasNoOutcome(long pending, long parked, long lost) {
    BooksRead open = Samples.withVotes(new Balance.Votes(13, 10, 1, 1, pending, parked, 0, lost));
    assertThat(publish(new Closing(List.of(), Samples.figures(), open, SETTLING), SETTLED))
        .isEqualTo(Reason.VOTES_WITHOUT_OUTCOME);
  }

  @Test
  void publishesNothingWhileTheRollIsIncomplete() {
    Figures loading = new Figures(Samples.figures().votes(), 1, 10, 0, 100, false);
    assertThat(publish(Samples.closing(loading), SETTLED)).isEqualTo(Reason.ROLL_INCOMPLETE);
  }

  @ParameterizedTest
  @CsvSource({"9, 10, 9, 1", "10, 9, 9, 1", "10, 10, 8, 1", "10, 10, 9, 0"})
  void publishesNothingThatTheBooksCountOtherwise(
      long recorded, long participations, long inBox, long spoiled) {
    BooksRead other =
        new BooksRead(
            new Balance.Votes(12, recorded, 1, 1, 0, 0, 0, 0),
            new Balance.Ballots(participations, 0, inBox, spoiled),
            List.of(),
            new TreeMap<>(),
            List.of());
    assertThat(publish(new Closing(List.of(), Samples.figures(), other, SETTLING), SETTLED))
        .isEqualTo(Reason.COUNTS_DIFFER);
  }

  @Test
  void whatTheBooksNotedIsSaidWithTheRefusal() {
    BooksRead differing = Samples.books(List.of("one vote too many"), 10, 9, 1);
    Closing closing = new Closing(List.of(), Samples.figures(), differing, SETTLING);
    Change change = ChangeContest.publish(Samples.row(ContestState.CLOSED), closing, SETTLED);
    assertThat(((Refused) change).detail())
        .isEqualTo("one vote too many; noted: Redis holds <3> buckets");
  }

  /** To a retry of a recorded vote "too late" was said: a second row of one id, and no vote. */
  @Test
  void aLateRetryOfARecordedVoteHoldsNothingUpAndHidesNoLoss() {
    Balance.Votes retried = new Balance.Votes(12, 10, 1, 1, 0, 0, 0, 0);
    Closing closing =
        new Closing(List.of(), Samples.figures(), Samples.withVotes(retried), SETTLING);
    assertThat(ChangeContest.publish(Samples.row(ContestState.CLOSED), closing, SETTLED))
        .isInstanceOf(Done.class);
    Balance.Votes oneLost = new Balance.Votes(13, 10, 1, 1, 0, 0, 0, 1);
    assertThat(
            publish(
                new Closing(List.of(), Samples.figures(), Samples.withVotes(oneLost), SETTLING),
                SETTLED))
        .isEqualTo(Reason.VOTES_WITHOUT_OUTCOME);
  }

  @Property
  void whatIsPublishedIsBalanced(
      @ForAll @LongRange(max = 3) long yes,
      @ForAll @LongRange(max = 3) long spoiled,
      @ForAll @LongRange(max = 6) long recorded,
      @ForAll @LongRange(max = 1) long waiting) {
    Figures figures = Samples.figures(yes, 0, spoiled, recorded, waiting);
    ContestRow closed = Samples.row(ContestState.CLOSED);
    if (ChangeContest.publish(closed, Samples.closing(figures), SETTLED) instanceof Done) {
      assertThat(yes + spoiled).isEqualTo(recorded);
      assertThat(waiting).isZero();
    }
  }

  private static Reason publish(Closing closing, Instant now) {
    return reason(ChangeContest.publish(Samples.row(ContestState.CLOSED), closing, now));
  }

  private static Reason reason(Change change) {
    return ((Refused) change).reason();
  }
}
