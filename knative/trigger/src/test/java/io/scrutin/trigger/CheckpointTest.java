package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.trigger.Checkpoint.Tail;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Property
  void isReadAsItWasWritten(
      @ForAll @LongRange(min = 0) long sequence,
      @ForAll @LongRange(min = 0, max = 4_000_000_000_000_000_000L) long nanos) {
    Instant stamp = Instant.EPOCH.plusNanos(nanos);
    Checkpoint checkpoint = new Checkpoint("NABC", stamp, new Tail(sequence, stamp));
    assertThat(Checkpoint.parse(checkpoint.describe())).contains(checkpoint);
  }

  @Test
  void needsNoFloor() {
    Checkpoint checkpoint = new Checkpoint("cluster:east", null, new Tail(0, NOON));
    assertThat(Checkpoint.parse(checkpoint.describe())).contains(checkpoint);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "somebody's own durable",
        "scrutin server=N floor=yesterday tail=1@2026-11-21T12:00:00Z",
        "scrutin server=N floor=- tail=99999999999999999999@2026-11-21T12:00:00Z"
      })
  void leavesOtherDescriptionsAlone(String description) {
    assertThat(Checkpoint.parse(description)).isEmpty();
  }

  @Test
  void reliesOnAFloorOnlyWhenItIsTwiceTheSyncIntervalOld() {
    FloorHistory history = new FloorHistory(Duration.ofMinutes(2));
    Instant floor = NOON.minusSeconds(1);
    history.add(NOON, floor);
    history.add(NOON.plusSeconds(60), NOON);
    assertThat(history.settled(NOON.plusSeconds(239))).isNull();
    assertThat(history.settled(NOON.plusSeconds(240))).isEqualTo(floor);
    assertThat(history.settled(NOON.plusSeconds(299))).isEqualTo(floor);
    assertThat(history.settled(NOON.plusSeconds(400))).isEqualTo(NOON);
    assertThat(history.settled(NOON.plusSeconds(4_000))).isEqualTo(NOON);
  }
}
