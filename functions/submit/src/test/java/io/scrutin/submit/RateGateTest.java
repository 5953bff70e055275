package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateGateTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void letsABurstThroughAndThenTheRate() {
    RateGate gate = new RateGate(1, 10, 3, 0);
    assertThat(gate.take(0, 0)).isZero();
    assertThat(gate.take(0, 0)).isZero();
    assertThat(gate.take(0, 0)).isZero();
    assertThat(gate.take(0, 0)).isEqualTo(SECOND / 10);
    assertThat(gate.take(0, SECOND / 10)).isZero();
    assertThat(gate.take(0, SECOND / 10)).isEqualTo(SECOND / 10);
  }

  @Test
  void countsNoAttemptThatItRefused() {
    RateGate gate = new RateGate(1, 1, 1, 0);
    gate.take(0, 0);
    for (int i = 0; i < 1000; i++) {
      gate.take(0, SECOND / 2);
    }
    assertThat(gate.take(0, SECOND)).isZero();
  }

  @Test
  void keepsKeysOfDifferentSlotsApart() {
    RateGate gate = new RateGate(4, 1, 1, 0);
    assertThat(gate.take(1, 0)).isZero();
    assertThat(gate.take(2, 0)).isZero();
    assertThat(gate.take(1, 0)).isPositive();
  }

  @Test
  void worksWithAClockThatStartsAnywhere() {
    long start = Long.MAX_VALUE - 10;
    RateGate gate = new RateGate(1, 1, 1, start);
    assertThat(gate.take(0, start)).isZero();
    assertThat(gate.take(0, start + SECOND / 2)).isPositive();
    assertThat(gate.take(0, start + SECOND)).isZero();
  }

  @Test
  void holdsBackNobodyLongerThanItsBound() {
    RateGate gate = new RateGate(1, 1, 1, 0);
    long longest = 0;
    for (int i = 0; i < 1000; i++) {
      longest = Math.max(longest, gate.borrow(0, 0, 5 * SECOND));
    }
    assertThat(longest).isEqualTo(5 * SECOND);
    assertThat(gate.borrow(0, 60 * SECOND, 5 * SECOND)).isZero();
  }

  @Property
  void neverLetsMoreThroughThanBurstAndRate(
      @ForAll @Size(max = 200) List<@IntRange(max = 1000) Integer> pausesMillis,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll @IntRange(min = 1, max = 50) int rate) {
    RateGate gate = new RateGate(1, rate, burst, 0);
    long now = 0;
    long through = 0;
    for (int pause : pausesMillis) {
      now += pause * 1_000_000L;
      if (gate.take(0, now) == 0) {
        through++;
      }
    }
    assertThat(through).isLessThanOrEqualTo(burst + now * rate / SECOND + 1);
  }
}
