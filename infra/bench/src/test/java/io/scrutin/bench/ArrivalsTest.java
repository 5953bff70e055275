package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  @Test
  void asManyComeInASecondAsWasAskedFor() {
    Arrivals arrivals = Arrivals.steady(1_000, 100_000, new Random(1));
    assertThat(arrivals.length().toMillis() / 1e3).isCloseTo(100, within(2.0));
  }

  @Test
  void nobodyComesBeforeWhoCameBefore() {
    Arrivals arrivals = Arrivals.day(10_000, Duration.ofSeconds(60), new Random(1));
    for (int i = 1; i < arrivals.count(); i++) {
      assertThat(arrivals.dueNanos(i)).isGreaterThanOrEqualTo(arrivals.dueNanos(i - 1));
    }
  }

  /** Of independent arrivals e to the minus one have a gap longer than the mean. */
  @Test
  void comesIndependently() {
    Arrivals arrivals = Arrivals.steady(1_000, 100_000, new Random(1));
    int longer = 0;
    for (int i = 1; i < arrivals.count(); i++) {
      longer += arrivals.dueNanos(i) - arrivals.dueNanos(i - 1) > 1_000_000 ? 1 : 0;
    }
    assertThat(longer / 100_000.0).isCloseTo(Math.exp(-1), within(0.01));
  }

  @Test
  void aDayEndsWithinItsLengthAndIsQuietAtNight() {
    Duration length = Duration.ofSeconds(240);
    Arrivals day = Arrivals.day(100_000, length, new Random(1));
    assertThat(day.length()).isLessThanOrEqualTo(length);
    assertThat(between(day, 20, 30)).isLessThan(1_000);
    assertThat(between(day, 180, 190)).isGreaterThan(8_000);
  }

  private static long between(Arrivals arrivals, int fromSecond, int toSecond) {
    long count = 0;
    for (int i = 0; i < arrivals.count(); i++) {
      double at = arrivals.dueNanos(i) / 1e9;
      count += at >= fromSecond && at < toSecond ? 1 : 0;
    }
    return count;
  }

  @Test
  void theSameSeedComesAtTheSameTimes() {
    Arrivals one = Arrivals.steady(500, 100, new Random(7));
    Arrivals same = Arrivals.steady(500, 100, new Random(7));
    assertThat(one.dueNanos(99)).isEqualTo(same.dueNanos(99));
  }

  @Test
  void refusesARateAtWhichNobodyComes() {
    assertThatThrownBy(() -> Arrivals.steady(0, 1, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
