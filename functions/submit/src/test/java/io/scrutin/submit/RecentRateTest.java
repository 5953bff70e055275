package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRateTest {
  private final AtomicLong clock = new AtomicLong(-Duration.ofSeconds(100).toNanos());
  private final RecentRate rate = new RecentRate(clock::get);

  @Test
  void isNothingBeforeAnythingCame() {
    assertThat(rate.perSecond()).isZero();
  }

  @Test
  void isTheMeanOfTheLastFullSeconds() {
    for (int second = 0; second < 30; second++) {
      for (int i = 0; i < 7; i++) {
        rate.count();
      }
      advance(1);
    }
    assertThat(rate.perSecond()).isEqualTo(7);
  }

  @Test
  void forgetsWhatWasLongAgo() {
    rate.count();
    advance(1);
    assertThat(rate.perSecond()).isEqualTo(0.1);
    advance(RecentRate.SECONDS);
    assertThat(rate.perSecond()).isZero();
  }

  private void advance(int seconds) {
    clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
