package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TrialTest {
  /** Ten seconds at 1,000/s. */
  private static Trial trial(double countedPerSecond, long accepted, long answerMillis) {
    List<Moment> moments = new ArrayList<>();
    for (int second = 0; second <= 10; second++) {
      moments.add(moment(second, second * 1_000L, (long) (second * countedPerSecond)));
    }
    Histogram answered = new Histogram(3);
    answered.recordValue(Duration.ofMillis(answerMillis).toNanos());
    Sent sent =
        new Sent(
            10_000,
            accepted,
            0,
            Map.of(),
            answered,
            new Histogram(3),
            0,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1));
    return new Trial(1_000, sent, moments, moment(12, 10_000, 10_000));
  }

  private static Moment moment(int second, long left, long tallied) {
    return new Moment(
        second * 1_000_000_000L,
        left,
        left,
        tallied,
        Map.of(),
        Map.of(),
        Map.of("system", second * 0.5, Watch.DRIVER, second * 0.25));
  }

  @Test
  void aRateGoesOnWhileAsManyAreCountedAsCome() {
    Trial trial = trial(1_000, 10_000, 5);
    assertThat(trial.isSustained()).isTrue();
    assertThat(trial.talliedPerSecond()).isCloseTo(1_000, within(0.1));
  }

  @Test
  void aBacklogThatGrowsDoesNotGoOn() {
    assertThat(trial(930, 10_000, 5).isSustained()).isFalse();
    assertThat(trial(985, 10_000, 5).isSustained()).isTrue();
  }

  @Test
  void aBacklogOfLessThanHalfASecondMayComeAndGo() {
    assertThat(trial(950, 10_000, 5).isSustained()).isTrue();
  }

  @Test
  void aPostThatIsNotAcceptedDoesNotGoOn() {
    assertThat(trial(1_000, 9_999, 5).isSustained()).isFalse();
  }

  @Test
  void anAnswerThatTakesSecondsDoesNotGoOn() {
    assertThat(trial(1_000, 10_000, 1_500).isSustained()).isFalse();
  }

  /** Also what it takes to count the last of them is a cost of these votes. */
  @Test
  void theCostIsAllThatRanUntilTheLastWasCountedWithoutTheDriver() {
    assertThat(trial(1_000, 10_000, 5).systemCpuSecondsPerMillion()).isCloseTo(600, within(0.1));
  }
}
