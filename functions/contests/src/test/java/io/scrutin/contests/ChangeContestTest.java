package io.scrutin.contests;

import static io.scrutin.contests.Samples.CLOSES;
import static io.scrutin.contests.Samples.OPENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.contests.Change.Done;
import io.scrutin.contests.Change.NothingToDo;
import io.scrutin.contests.Change.Reason;
import io.scrutin.contests.Change.Refused;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeContestTest {
  private static final Duration MARGIN = ChangeContest.MARGIN;
  private static final Instant DURING = OPENS.plusSeconds(3600);

  @Test
  void makesADraftThatNobodyIsToldOf() {
    ContestRow draft = Samples.row(ContestState.DRAFT);
    assertThat(ChangeContest.create(Optional.empty(), draft.contest()))
        .isEqualTo(new Done(draft, List.of()));
  }

  @Test
  void makesTheSameContestOnceAndNoOtherOfTheSameLaw() {
    ContestRow known = Samples.row(ContestState.OPEN);
    assertThat(ChangeContest.create(Optional.of(known), known.contest()))
        .isEqualTo(new NothingToDo(known));
    assertThat(
            reason(
                ChangeContest.create(
                    Optional.of(known), known.contest().closingAt(CLOSES.plusSeconds(1)))))
        .isEqualTo(Reason.EXISTS);
  }

  @Test
  void opensAheadOfTheFirstVote() {
    ContestRow draft = Samples.row(ContestState.DRAFT);
    assertThat(ChangeContest.open(draft, OPENS.minusSeconds(86_400)))
        .isEqualTo(
            new Done(draft.in(ContestState.OPEN), List.of(new ContestOpened(draft.contest()))));
  }

  @ParameterizedTest
  @CsvSource({
    "DRAFT, 0, OPENING_PAST",
    "CLOSED, 1, ALREADY_OVER",
    "PUBLISHED, 1, ALREADY_OVER",
  })
  void opensNothingThatIsOver(ContestState state, long secondsAfterClosing, Reason reason) {
    Instant now = CLOSES.plusSeconds(secondsAfterClosing);
    assertThat(reason(ChangeContest.open(Samples.row(state), now))).isEqualTo(reason);
  }

  @Test
  void openingAnOpenOneIsNothingToDo() {
    ContestRow open = Samples.row(ContestState.OPEN);
    assertThat(ChangeContest.open(open, DURING)).isEqualTo(new NothingToDo(open));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // asked, s from now | expected end, s from now, or why not
        "-,     60, -",
        "60,    60, -",
        "61,    61, -",
        "59,    -,  TOO_SOON",
        "0,     -,  TOO_SOON",
        "-10,   -,  TOO_SOON",
        "82800, -,  -",
        "82801, -,  LATER_THAN_PLANNED",
      })
  void closesEarlyNoSoonerThanEverybodyKnows(
      @Nullable Long asked, @Nullable Long expected, @Nullable Reason refused) {
    ContestRow open = Samples.row(ContestState.OPEN);
    Change change =
        ChangeContest.close(open, asked == null ? null : DURING.plusSeconds(asked), DURING, MARGIN);
    if (refused != null) {
      assertThat(reason(change)).isEqualTo(refused);
    } else if (expected == null) {
      assertThat(change).isEqualTo(new NothingToDo(open));
    } else {
      Instant end = DURING.plusSeconds(expected);
      assertThat(change)
          .isEqualTo(
              new Done(
                  new ContestRow(open.contest().closingAt(end), ContestState.OPEN),
                  List.of(new ContestClosed(Samples.LAW, end))));
    }
  }

  @Test
  void saysTheEarliestMomentThatItCouldClose() {
    Change refused =
        ChangeContest.close(Samples.row(ContestState.OPEN), DURING.plusSeconds(5), DURING, MARGIN);
    assertThat(((Refused) refused).detail()).contains(DURING.plus(MARGIN).toString());
  }

  @Test
  void isLeftToEndByItselfWhenThatIsSooner() {
    ContestRow open = Samples.row(ContestState.OPEN);
    assertThat(ChangeContest.close(open, null, CLOSES.minusSeconds(30), MARGIN))
        .isEqualTo(new NothingToDo(open));
  }

  @Test
  void closesNothingBeforeItOpened() {
    Instant before = OPENS.minusSeconds(3600);
    assertThat(reason(ChangeContest.close(Samples.row(ContestState.OPEN), null, before, MARGIN)))
        .isEqualTo(Reason.TOO_SOON);
    assertThat(reason(ChangeContest.close(Samples.row(ContestState.DRAFT), null, before, MARGIN)))
        .isEqualTo(Reason.NEVER_OPENED);
  }

  @Test
  void refusesAMarginThatAViewCouldOutlive() {
    assertThatThrownBy(
            () ->
                ChangeContest.close(
                    Samples.row(ContestState.OPEN), null, DURING, Duration.ofSeconds(19)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Views are 10 s old, clocks 5 s apart; the least margin leaves 5 s for writing it down. */
  @ParameterizedTest
  @CsvSource({"0, true", "5000, true", "5001, false", "30000, false"})
  void anEndIsKnownInTimeWhenItWasWrittenInTime(long millisToWrite, boolean known) {
    Change closed =
        ChangeContest.close(
            Samples.row(ContestState.OPEN), null, DURING, ChangeContest.LEAST_MARGIN);
    assertThat(ChangeContest.isKnownInTime(((Done) closed).row(), DURING.plusMillis(millisToWrite)))
        .isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({"OPEN, -1, false", "OPEN, 0, true", "DRAFT, 0, false", "CLOSED, 0, false"})
  void endsWithTheTime(ContestState state, long secondsAfterClosing, boolean ends) {
    ContestRow row = Samples.row(state);
    assertThat(ChangeContest.end(row, CLOSES.plusSeconds(secondsAfterClosing)))
        .isEqualTo(
            ends
                ? new Done(
                    row.in(ContestState.CLOSED), List.of(new ContestClosed(Samples.LAW, CLOSES)))
                : new NothingToDo(row));
  }

  @Property
  void noEndIsSetNearerThanTheMarginOrLaterThanBefore(
      @ForAll @LongRange(min = -90_000, max = 90_000) long nowSeconds,
      @ForAll @LongRange(min = -90_000, max = 180_000) long askedSeconds,
      @ForAll @IntRange(min = 20, max = 600) int marginSeconds,
      @ForAll boolean asks) {
    Instant now = OPENS.plusSeconds(nowSeconds).plusNanos(nowSeconds * 1001 % 1_000_000);
    Instant asked = asks ? OPENS.plusSeconds(askedSeconds) : null;
    Duration margin = Duration.ofSeconds(marginSeconds);
    ContestRow open = Samples.row(ContestState.OPEN);
    if (ChangeContest.close(open, asked, now, margin) instanceof Done done) {
      Instant end = done.row().contest().closesAt();
      boolean ended = done.row().state() == ContestState.CLOSED;
      assertThat(end).isBeforeOrEqualTo(CLOSES);
      assertThat(ended || !end.isBefore(now.plus(margin))).isTrue();
    }
  }

  @Property
  void theStateNeverGoesBack(
      @ForAll @Size(max = 20) List<@IntRange(max = 3) Integer> wishes,
      @ForAll @LongRange(max = 200_000) long stepSeconds) {
    ContestRow row = Samples.row(ContestState.DRAFT);
    Instant now = OPENS;
    for (Integer wish : wishes) {
      Change change =
          switch (wish) {
            case 0 -> ChangeContest.open(row, now);
            case 1 -> ChangeContest.close(row, null, now, MARGIN);
            case 2 -> ChangeContest.end(row, now);
            case Integer _ -> ChangeContest.publish(row, Samples.closing(Samples.figures()), now);
          };
      if (change instanceof Done done) {
        assertThat(done.row().state()).isGreaterThanOrEqualTo(row.state());
        assertThat(done.row().contest().closingAt(CLOSES))
            .isEqualTo(row.contest().closingAt(CLOSES));
        row = done.row();
      }
      now = now.plusSeconds(stepSeconds);
    }
  }

  @ParameterizedTest
  @EnumSource(ContestState.class)
  void aStateIsFoundByItsCode(ContestState state) {
    assertThat(ContestState.of(state.code())).isEqualTo(state);
  }

  private static Reason reason(Change change) {
    return ((Refused) change).reason();
  }
}
