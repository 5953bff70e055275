package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.chaos.Evidence.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutagesTest {
  private static final Instant START = Instant.parse("2026-09-14T08:00:00Z");

  private static Happening broker(long from, long until, long healed) {
    return happening(
        new Fault.Away(Kind.BROKER, Store.BROKER, Duration.ofSeconds(until - from)),
        from,
        until,
        healed);
  }

  private static Happening happening(Fault fault, long from, long until, long healed) {
    return new Happening(
        fault, START.plusSeconds(from), START.plusSeconds(until), START.plusSeconds(healed), "");
  }

  private static Outage outage(Store store, long from, long until) {
    return new Outage(
        store, START.plusSeconds(from).toEpochMilli(), START.plusSeconds(until).toEpochMilli());
  }

  @Test
  void isFromTheFaultUntilItsHealingBegins() {
    assertThat(Outages.judged(List.of(broker(10, 15, 16))))
        .containsExactly(outage(Store.BROKER, 10, 15));
  }

  @Test
  void concludesNothingWhileTheDoorIsBroken() {
    Happening door = happening(new Fault.Ended(Kind.KILL, "submit-1"), 5, 5, 5);
    Happening elsewhere = happening(new Fault.Ended(Kind.KILL, "store-1"), 12, 12, 12);
    assertThat(Outages.judged(List.of(door, elsewhere, broker(10, 15, 16)))).isEmpty();
    assertThat(Outages.judged(List.of(door, elsewhere, broker(18, 20, 21)))).hasSize(1);
  }

  @Test
  void concludesNothingWhileAnotherServerIsNotBack() {
    Happening disk = happening(new Fault.DiskFull(Store.POSTGRES, Duration.ofSeconds(2)), 0, 2, 14);
    assertThat(Outages.judged(List.of(disk, broker(15, 17, 18)))).isEmpty();
    assertThat(Outages.judged(List.of(disk, broker(19, 21, 22)))).hasSize(1);
  }
}
