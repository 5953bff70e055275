package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.CheckProcessing.Observed;
import io.scrutin.audit.Processing.Lag;
import io.scrutin.audit.Processing.OfStage;
import io.scrutin.audit.Processing.State;
import io.scrutin.audit.Stages.Seen;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CheckProcessingTest {
  private static final Instant NOW = DURING.plusSeconds(7200 + 754);
  private static final Grain HIDING = new Grain(10, false);

  private static Observed observed(
      long cast, long recorded, @Nullable Instant lastRecorded, @Nullable Instant oldest) {
    Map<Stage, Seen> seen =
        Map.of(
            Stage.CAST, new Seen(cast, NOW.minusSeconds(1)),
            Stage.RECORDED, new Seen(recorded, lastRecorded));
    return new Observed(new Stages(seen), oldest, new Lag(100, 0.021, 0.35));
  }

  private static State state(Observed observed) {
    return CheckProcessing.state(observed, NOW);
  }

  @Test
  void isIdleWhenNothingWaits() {
    assertThat(state(observed(5, 5, DURING, null))).isEqualTo(State.IDLE);
  }

  @Test
  void worksWhileWhatWaitsIsYoung() {
    assertThat(state(observed(6, 5, NOW, NOW.minusSeconds(60)))).isEqualTo(State.WORKING);
  }

  @Test
  void isStuckWhenAVoteWaitsForLongThoughOthersPass() {
    assertThat(state(observed(6, 5, NOW, NOW.minusSeconds(61)))).isEqualTo(State.STUCK);
  }

  @Test
  void isStuckWhenNothingMovesThoughTheOldestIsNotFoundYet() {
    assertThat(state(observed(6, 5, NOW.minusSeconds(61), null))).isEqualTo(State.STUCK);
    assertThat(state(observed(6, 5, NOW.minusSeconds(5), null))).isEqualTo(State.WORKING);
    assertThat(state(observed(1, 0, null, null))).isEqualTo(State.STUCK);
  }

  /** Two ends of one vote id cover a cast that has none. */
  @Test
  void findsTheVoteThatTheCountsHide() {
    assertThat(state(observed(5, 5, NOW, NOW.minusSeconds(300)))).isEqualTo(State.STUCK);
    assertThat(
            CheckProcessing.of(
                    LAW, observed(5, 5, NOW, NOW.minusSeconds(300)), new Grain(1, false), NOW)
                .waiting())
        .isEqualTo(1);
  }

  @Test
  void tellsNeitherCountNorTimeOfASingleVoteWhileVotesCome() {
    Processing told =
        CheckProcessing.of(LAW, observed(57, 56, NOW, NOW.minusSeconds(300)), HIDING, NOW);
    assertThat(told.stages())
        .contains(new OfStage("cast", 40, null), new OfStage("recorded", 40, null));
    assertThat(told.waiting()).isZero();
    assertThat(told.state()).isEqualTo("stuck");
    assertThat(told.oldestWaitingSince()).isNull();
    assertThat(told.lag()).isEqualTo(new Lag(90, 1, 1));
  }

  /** The first vote of an hour, on its way and then recorded, after a quiet time. */
  @Test
  void saysTheSameBeforeAndAfterASingleVote() {
    Instant before = DURING;
    Processing none = CheckProcessing.of(LAW, observed(55, 55, before, null), HIDING, NOW);
    assertThat(none.state()).isEqualTo("flowing");
    assertThat(CheckProcessing.of(LAW, observed(56, 55, before, NOW), HIDING, NOW)).isEqualTo(none);
    assertThat(CheckProcessing.of(LAW, observed(56, 56, NOW, null), HIDING, NOW)).isEqualTo(none);
  }

  @Test
  void hidesNothingOfAContestWhoseGroupsHaveOneVote() {
    Instant oldest = NOW.minusSeconds(5);
    Processing told =
        CheckProcessing.of(LAW, observed(6, 5, NOW, oldest), new Grain(1, false), NOW);
    assertThat(told.state()).isEqualTo("working");
    assertThat(told.oldestWaitingSince()).isEqualTo(oldest);
    assertThat(told.stages()).contains(new OfStage("recorded", 5, NOW));
  }

  @Test
  void tellsAllExactlyInTheEnd() {
    Processing told =
        CheckProcessing.of(LAW, observed(56, 56, NOW, null), new Grain(10, true), NOW);
    assertThat(told.stages()).contains(new OfStage("recorded", 56, NOW));
    assertThat(told.lag()).isEqualTo(new Lag(100, 0.021, 0.35));
  }
}
