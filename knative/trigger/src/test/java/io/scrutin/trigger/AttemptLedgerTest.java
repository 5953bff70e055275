package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.trigger.AttemptLedger.Decision.GiveUp;
import io.scrutin.trigger.AttemptLedger.Decision.Release;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AttemptLedgerTest {
  private final AttemptLedger ledger = new AttemptLedger(3, 10);

  @Test
  void givesUpAfterTheAttemptsOnceAnotherGotThrough() {
    assertThat(ledger.failed(7)).isEqualTo(new Release(1));
    ledger.passed(8);
    assertThat(ledger.failed(7)).isEqualTo(new Release(2));
    assertThat(ledger.failed(7)).isEqualTo(new GiveUp(3));
  }

  @Test
  void doesNotCountWhoGotThroughBeforeItsFirstFailure() {
    ledger.passed(6);
    for (int failures = 1; failures < 20; failures++) {
      assertThat(ledger.failed(7)).isEqualTo(new Release(failures));
    }
    ledger.passed(8);
    assertThat(ledger.failed(7)).isEqualTo(new GiveUp(20));
  }

  @Property
  void givesUpNothingWhileNothingPasses(
      @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> failing) {
    AttemptLedger fresh = new AttemptLedger(3, 10);
    assertThat(failing).allSatisfy(n -> assertThat(fresh.failed(n)).isInstanceOf(Release.class));
  }

  @Test
  void startsOverForAnEventThatPassed() {
    assertThat(ledger.failed(7)).isEqualTo(new Release(1));
    ledger.passed(7);
    assertThat(ledger.failed(7)).isEqualTo(new Release(1));
  }

  @Test
  void staysWithinItsBounds() {
    for (long sequence = 0; sequence < 1_000; sequence++) {
      assertThat(ledger.failed(sequence)).isEqualTo(new Release(1));
    }
    assertThat(ledger.size()).isEqualTo(10);
  }

  @Test
  void forgetsWhatIsParked() {
    assertThat(ledger.failed(7)).isEqualTo(new Release(1));
    ledger.forget(7);
    assertThat(ledger.size()).isZero();
  }
}
