package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class InFlightTest {
  @Property
  void allowsAtLeastOneAndAtMostTheLimit(
      @ForAll @IntRange(min = 1, max = 256) int limit,
      @ForAll @LongRange(min = 0) long pending,
      @ForAll @IntRange(min = 1, max = 5_000) int batch) {
    assertThat(InFlight.allowed(limit, pending, batch)).isBetween(1, limit);
  }

  @Property
  void neverShrinksAsTheBacklogGrows(
      @ForAll @IntRange(min = 1, max = 256) int limit,
      @ForAll @LongRange(min = 0, max = 1_000_000) long pending,
      @ForAll @IntRange(min = 1, max = 5_000) int batch) {
    assertThat(InFlight.allowed(limit, pending + 1, batch))
        .isGreaterThanOrEqualTo(InFlight.allowed(limit, pending, batch));
  }

  @Test
  void allowsOneCallForEachBatchThatWaits() {
    assertThat(InFlight.allowed(8, 0, 100)).isEqualTo(1);
    assertThat(InFlight.allowed(8, 100, 100)).isEqualTo(1);
    assertThat(InFlight.allowed(8, 101, 100)).isEqualTo(2);
    assertThat(InFlight.allowed(8, 10_000, 100)).isEqualTo(8);
  }

  @Test
  void letsInWhoWaitsWhenTheBacklogGrows() throws Exception {
    InFlight inFlight = new InFlight(2, 10);
    assertThat(inFlight.enter()).isTrue();
    Thread second = waiting(inFlight);
    inFlight.backlog(20);
    second.join();
    assertThat(inFlight.running()).isEqualTo(2);
  }

  @Test
  void letsInWhoWaitsWhenAnotherLeaves() throws Exception {
    InFlight inFlight = new InFlight(1, 10);
    assertThat(inFlight.enter()).isTrue();
    Thread second = waiting(inFlight);
    inFlight.leave();
    second.join();
    assertThat(inFlight.running()).isEqualTo(1);
  }

  @Test
  void turnsAwayWhoWaitsWhenItStops() throws Exception {
    InFlight inFlight = new InFlight(1, 10);
    assertThat(inFlight.enter()).isTrue();
    Thread second = waiting(inFlight);
    inFlight.stop();
    second.join();
    assertThat(inFlight.running()).isEqualTo(1);
    assertThat(inFlight.enter()).isFalse();
  }

  private static Thread waiting(InFlight inFlight) {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    inFlight.enter();
                  } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                  }
                });
    Await.until(() -> thread.getState() == Thread.State.WAITING, "it waits");
    return thread;
  }
}
