package io.scrutin.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.harness.Finding.Caught;
import io.scrutin.harness.Finding.Missed;
import io.scrutin.harness.Finding.Unfit;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts as caught, and how it is told. */
class FindingTest {
  @Test
  void countsTheSeedsUpToTheOneThatFailed() {
    List<String> said = List.of("seed 41 breaks P2", "./scrutin simulate --seeds 1 --from 41");
    assertThat(Finding.ofSimulation(1, said, 2, 100)).isEqualTo(new Caught("40 seeds"));
    assertThat(Finding.ofSimulation(0, List.of(), 1, 2_000)).isEqualTo(new Missed("2,000 seeds"));
  }

  @Test
  void aCrashPointThatWasNeverReachedIsNoBrokenPromise() {
    List<String> said = List.of("CRASH POINT MISSED dedup: claim, after: 0 of 1");
    assertThat(Finding.ofSimulation(1, said, 1, 100)).isEqualTo(new Missed("100 seeds"));
  }

  @Test
  void aBrokenInstrumentHasCaughtNothing() {
    assertThat(Finding.ofSimulation(1, List.of("the build failed"), 1, 9))
        .isInstanceOf(Unfit.class);
    assertThat(Finding.ofSimulation(2, List.of(), 1, 9)).isInstanceOf(Unfit.class);
    assertThat(Finding.ofChaos(124, Duration.ofSeconds(9))).isInstanceOf(Unfit.class);
  }

  @Test
  void aGapIsWhatNeitherFinds() {
    Finding missed = new Missed("60 s");
    assertThat(new Tried("a", "b.", missed, missed).isCaught()).isFalse();
    assertThat(new Tried("a", "b.", missed, new Caught("3 s")).isCaught()).isTrue();
    assertThat(new Tried("a", "b.", new Unfit("x"), missed).isClean()).isFalse();
  }
}
