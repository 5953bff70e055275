package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentRateTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(-3 * SECOND);
  private final RecentRate rate = new RecentRate(now::get);

  private void add(int times) {
    for (int i = 0; i < times; i++) {
      rate.add();
    }
  }

  @Test
  void isZeroBeforeAnythingCame() {
    assertThat(rate.perSecond()).isZero();
  }

  @Test
  void countsTheLastTenWholeSeconds() {
    for (int second = 0; second < 12; second++) {
      add(50);
      now.addAndGet(SECOND);
    }
    assertThat(rate.perSecond()).isEqualTo(50.0);
  }

  @Test
  void forgetsWhatIsOlder() {
    add(1_000);
    now.addAndGet(11 * SECOND);
    assertThat(rate.perSecond()).isZero();
  }
}
