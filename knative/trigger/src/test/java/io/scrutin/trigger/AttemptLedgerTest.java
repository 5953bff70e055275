package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.scrutin.trigger.AttemptLedger.Decision.GiveUp;
import io.scrutin.trigger.AttemptLedger.Decision.HandOn;
import io.scrutin.trigger.AttemptLedger.Decision.Release;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AttemptLedgerTest {
  private final AttemptLedger ledger = new AttemptLedger(3, 10);

  @Test
  void givesUpAfterTheAttemptsWhenAnotherGotThroughBetweenThem() {
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(1));
    ledger.passed(8);
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(2));
    ledger.passed(9);
    assertThat(ledger.failed(7, 0)).isEqualTo(new GiveUp(3));
  }

  @Test
  void countsFailuresAsOneWhileNobodyGetsThrough() {
    ledger.passed(6);
    for (int failures = 1; failures < 20; failures++) {
      assertThat(ledger.failed(7, 0)).isEqualTo(new Release(failures));
    }
    ledger.passed(8);
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(20));
    ledger.passed(9);
    assertThat(ledger.failed(7, 0)).isEqualTo(new GiveUp(21));
  }

  @Test
  void givesUpNothingAtItsFirstFailureWhateverTheLimit() {
    AttemptLedger strict = new AttemptLedger(1, 10);
    strict.passed(1);
    assertThat(strict.failed(7, 0)).isEqualTo(new Release(1));
    strict.passed(8);
    assertThat(strict.failed(7, 0)).isEqualTo(new GiveUp(2));
  }

  @Property
  void givesUpNothingWhileNothingPasses(
      @ForAll @Size(max = 200) List<@IntRange(max = 5) Integer> failing) {
    AttemptLedger fresh = new AttemptLedger(3, 10);
    for (int delivery = 0; delivery < failing.size(); delivery++) {
      assertThat(fresh.failed(failing.get(delivery), delivery)).isNotInstanceOf(GiveUp.class);
    }
  }

  /** The function works, is broken for everybody for a while, and works again with one hiccup. */
  @Property
  void givesUpNothingForAnOutageOfAnyLengthAndOneFailureAfterIt(
      @ForAll @IntRange(min = 1, max = 8) int events,
      @ForAll @IntRange(max = 300) int roundsBroken,
      @ForAll @IntRange(min = 3, max = 10) int attempts) {
    AttemptLedger fresh = new AttemptLedger(attempts, 10);
    fresh.passed(100);
    for (int round = 0; round < roundsBroken; round++) {
      assertAllReleased(fresh, events);
    }
    fresh.passed(101);
    assertAllReleased(fresh, events);
    for (int event = 0; event < events; event++) {
      fresh.passed(event);
    }
    assertThat(fresh.size()).isZero();
  }

  private static void assertAllReleased(AttemptLedger ledger, int events) {
    for (int event = 0; event < events; event++) {
      assertThat(ledger.failed(event, event)).isNotInstanceOf(GiveUp.class);
    }
  }

  /** Whatever else happens, one that fails each time is given up at the last of these. */
  @Property
  void givesUpPoisonWithinTheAttemptsAmongOthersThatPass(
      @ForAll @IntRange(min = 2, max = 10) int attempts,
      @ForAll @Size(min = 10, max = 10) List<@IntRange(min = 1, max = 20) Integer> failures) {
    AttemptLedger fresh = new AttemptLedger(attempts, 10);
    for (int stretch = 0; stretch < attempts - 1; stretch++) {
      for (int failure = 0; failure < failures.get(stretch); failure++) {
        assertThat(fresh.failed(7, 0)).isInstanceOf(Release.class);
      }
      fresh.passed(100 + stretch);
    }
    assertThat(fresh.failed(7, 0)).isInstanceOf(GiveUp.class);
  }

  @Test
  void handsOnWhatSaysNothingHereAtEveryOtherDelivery() {
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(1));
    assertThat(ledger.failed(7, 1)).isEqualTo(new HandOn(2));
    assertThat(ledger.failed(7, 2)).isEqualTo(new Release(3));
    ledger.passed(8);
    assertThat(ledger.failed(7, 3)).isEqualTo(new Release(4));
    ledger.passed(9);
    assertThat(ledger.failed(7, 4)).isEqualTo(new GiveUp(5));
  }

  /**
   * Who waits longest is served first, and one trigger got each failure, the other all that pass.
   */
  @Test
  void parksPoisonThatTwoTriggersWouldShareOutForEver() {
    AttemptLedger failing = new AttemptLedger(3, 10);
    AttemptLedger passing = new AttemptLedger(3, 10);
    Deque<AttemptLedger> waiting = new ArrayDeque<>(List.of(failing, passing));
    for (int deliveries = 0; deliveries < 4 * 3; deliveries++) {
      AttemptLedger asked = waiting.removeFirst();
      AttemptLedger.Decision decision = asked.failed(7, deliveries);
      waiting.addLast(asked);
      if (decision instanceof GiveUp) {
        return;
      }
      if (!(decision instanceof HandOn)) {
        AttemptLedger other = waiting.removeFirst();
        other.passed(100 + deliveries);
        waiting.addLast(other);
      }
    }
    fail("it is not parked");
  }

  @Test
  void startsOverForAnEventThatPassed() {
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(1));
    ledger.passed(7);
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(1));
  }

  @Test
  void staysWithinItsBounds() {
    for (long sequence = 0; sequence < 1_000; sequence++) {
      assertThat(ledger.failed(sequence, 0)).isEqualTo(new Release(1));
    }
    assertThat(ledger.size()).isEqualTo(10);
  }

  @Test
  void forgetsWhatIsParked() {
    assertThat(ledger.failed(7, 0)).isEqualTo(new Release(1));
    ledger.forget(7);
    assertThat(ledger.size()).isZero();
  }
}
