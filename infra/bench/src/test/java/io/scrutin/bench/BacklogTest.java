package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.bench.BenchOptions.Load;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small one: the functions stand still, and go on. */
final class BacklogTest {
  private static final int WARM_UP = 2_000;
  private static final int PILE = 1_000;

  @Test
  void whatPiledUpWhileNobodyWorkedIsCountedOnceWhenTheyGoOn(@TempDir Path dir) throws Exception {
    BenchOptions options =
        new BenchOptions(dir, false, false, 1, Duration.ofSeconds(2), new Load.Backlog(PILE));
    Found found =
        Measurement.take(options, Duration.ofSeconds(1), new PrintWriter(System.out, true));
    assertThat(found.faults()).isEmpty();
    assertThat(found.balance().votes().recorded()).isEqualTo(WARM_UP + PILE);
    Trial drained = found.measured();
    assertThat(drained.sent().accepted()).isEqualTo(PILE);
    // Nobody had counted any of them before.
    assertThat(drained.settled().tallied() - drained.moments().getFirst().tallied())
        .isGreaterThanOrEqualTo(PILE - Bench.GROUP_SIZE);
    assertThat(drained.talliedPerSecond()).isPositive();
  }
}
