package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Outcome;
import io.scrutin.event.Outcome.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TellOutcomeTest {
  private static TrailEntry entry(Stage stage) {
    return switch (stage) {
      case CAST, RECORDED -> new TrailEntry(stage, LAW, at(stage), false, null, null);
      case DUPLICATED -> new TrailEntry(stage, LAW, at(stage), false, null, 3);
      case REJECTED -> new TrailEntry(stage, LAW, at(stage), false, "too_late", null);
      case PARKED -> new TrailEntry(stage, LAW, at(stage), false, "verify.not_from_submit", null);
    };
  }

  private static Instant at(Stage stage) {
    return DURING.plusSeconds(stage.number());
  }

  private static Outcome outcome(Stage... stages) {
    return TellOutcome.of(Arrays.stream(stages).map(TellOutcomeTest::entry).toList()).orElseThrow();
  }

  /** The retry of a cast that waits behind an outage is stamped after closing. */
  @Test
  void doesNotTellARetryThatItsFirstCastCameTooLate() {
    TrailEntry inTime = new TrailEntry(Stage.CAST, LAW, DURING, true, null, null);
    assertThat(TellOutcome.of(List.of(inTime, entry(Stage.REJECTED))).orElseThrow())
        .isEqualTo(new Outcome(Status.RECEIVED, null, null, DURING));
    TrailEntry unknown =
        new TrailEntry(Stage.REJECTED, LAW, DURING, false, "unknown_credential", null);
    assertThat(TellOutcome.of(List.of(inTime, unknown)).orElseThrow().status())
        .isEqualTo(Status.REJECTED);
  }

  /** The refusal is noted, and the backlog that has the first cast in it is not read so far. */
  @Test
  void tellsNobodyTooLateBeforeItKnowsWhenTheFirstCastCame() {
    assertThat(outcome(Stage.REJECTED))
        .isEqualTo(new Outcome(Status.RECEIVED, null, null, at(Stage.REJECTED)));
    assertThat(outcome(Stage.REJECTED, Stage.CAST).status()).isEqualTo(Status.REJECTED);
  }

  @Test
  void knowsNothingOfAVoteThatWasNeverCast() {
    assertThat(TellOutcome.of(List.of())).isEmpty();
  }

  @Test
  void tellsEachEndInItsWords() {
    assertThat(outcome(Stage.CAST))
        .isEqualTo(new Outcome(Status.RECEIVED, null, null, at(Stage.CAST)));
    assertThat(outcome(Stage.CAST, Stage.RECORDED))
        .isEqualTo(new Outcome(Status.RECORDED, 1, null, at(Stage.RECORDED)));
    assertThat(outcome(Stage.CAST, Stage.DUPLICATED))
        .isEqualTo(new Outcome(Status.DUPLICATE, 3, null, at(Stage.DUPLICATED)));
    assertThat(outcome(Stage.CAST, Stage.REJECTED))
        .isEqualTo(new Outcome(Status.REJECTED, null, "too_late", at(Stage.REJECTED)));
    assertThat(outcome(Stage.CAST, Stage.PARKED))
        .isEqualTo(new Outcome(Status.PARKED, null, "verify.not_from_submit", at(Stage.PARKED)));
  }

  @Test
  void knowsTheEndOfAVoteWhoseCastHasNotComeYet() {
    assertThat(outcome(Stage.RECORDED).status()).isEqualTo(Status.RECORDED);
  }

  @ParameterizedTest
  @CsvSource({
    "REJECTED,   RECORDED,   RECORDED",
    "PARKED,     RECORDED,   RECORDED",
    "DUPLICATED, RECORDED,   RECORDED",
    "REJECTED,   DUPLICATED, DUPLICATE",
    "PARKED,     DUPLICATED, DUPLICATE",
    "PARKED,     REJECTED,   REJECTED",
  })
  void tellsTheEndThatIsTrueForGood(Stage one, Stage other, Status told) {
    assertThat(outcome(Stage.CAST, one, other).status()).isEqualTo(told);
    assertThat(outcome(other, one, Stage.CAST).status()).isEqualTo(told);
  }

  @Property
  void tellsTheSameInWhateverOrderTheEventsCame(@ForAll Set<Stage> stages, @ForAll Random order) {
    List<TrailEntry> trail = new ArrayList<>(stages.stream().map(TellOutcomeTest::entry).toList());
    var before = TellOutcome.of(trail);
    Collections.shuffle(trail, order);
    assertThat(TellOutcome.of(trail)).isEqualTo(before);
  }

  @Property
  void neverUnsaysARecordedVote(@ForAll Set<Stage> more) {
    List<TrailEntry> trail = new ArrayList<>(more.stream().map(TellOutcomeTest::entry).toList());
    trail.add(entry(Stage.RECORDED));
    assertThat(TellOutcome.of(trail).orElseThrow().status()).isEqualTo(Status.RECORDED);
  }
}
