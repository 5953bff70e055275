package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.bench.BenchOptions.Load;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BenchOptionsTest {
  private static BenchOptions of(Load load) {
    return new BenchOptions(Path.of("bench"), false, true, 1, Duration.ofSeconds(30), load);
  }

  @Test
  void thereAreAsManyVotersAsPosts() {
    assertThat(of(new Load.Steady(1_000, Duration.ofSeconds(60))).voters()).isEqualTo(90_000);
  }

  @Test
  void theFirstSecondsAfterAStartAreAThousandVotesEachAndTheRestOfTheWarmUpMore() {
    BenchOptions options = of(new Load.Highest(1_000_000));
    assertThat(options.firstVotes()).isEqualTo(10_000);
    assertThat(options.warmUpVotes()).isEqualTo(40_000);
  }

  @Test
  void aBacklogPilesUpInFrontOfOneProcess() {
    Load backlog = new Load.Backlog(1_000_000);
    assertThat(of(backlog).voters()).isEqualTo(1_050_000);
    assertThatThrownBy(
            () ->
                new BenchOptions(Path.of("bench"), true, true, 1, Duration.ofSeconds(30), backlog))
        .hasMessageContaining("--processes");
  }

  @Test
  void aNationIsAsLargeAsWasSaid() {
    assertThat(of(new Load.Nation(8_000_000, 0)).voters()).isEqualTo(8_000_000);
  }

  @Test
  void refusesMoreVotersThanANation() {
    assertThatThrownBy(() -> of(new Load.Steady(3_000, Duration.ofHours(2))))
        .hasMessageContaining("12,000,000");
  }
}
