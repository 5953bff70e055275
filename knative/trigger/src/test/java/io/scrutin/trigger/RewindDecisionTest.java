package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.trigger.Checkpoint.Tail;
import io.scrutin.trigger.Rewind.Lost;
import io.scrutin.trigger.Rewind.NotNeeded;
import io.scrutin.trigger.Rewind.Restarted;
import io.scrutin.trigger.Rewind.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RewindDecisionTest {
  private static final Instant STAMP = Instant.parse("2026-11-21T10:00:00.123456789Z");

  /** Every message has the same stamp, which is also the one that checkpoints remember. */
  private static final Rewind.Stream UP_TO_100 = new Rewind.Stream(1, 100, _ -> STAMP);

  private static Seen seen(String durable, long delivered, String server, long tail) {
    return new Seen(durable, delivered, new Checkpoint(server, null, new Tail(tail, STAMP)));
  }

  private static Rewind decide(Rewind.Stream stream, Seen... durables) {
    return Rewind.decide("now", stream, List.of(durables));
  }

  @Test
  void leavesDurablesOfTheSameServerAlone() {
    assertThat(decide(UP_TO_100, seen("a", 100, "now", 90), seen("b", 3, "now", 100)))
        .isEqualTo(new NotNeeded());
  }

  @Test
  void leavesAnEmptyStreamAlone() {
    Rewind.Stream empty = new Rewind.Stream(1, 0, _ -> null);
    assertThat(decide(empty, seen("a", 0, "now", 0))).isEqualTo(new NotNeeded());
    assertThat(decide(empty)).isEqualTo(new NotNeeded());
  }

  @Test
  void rewindsThoseOfAnotherServerOnly() {
    assertThat(decide(UP_TO_100, seen("a", 100, "before", 90), seen("b", 3, "now", 100)))
        .isEqualTo(new Restarted(Set.of("a")));
  }

  @Test
  void seesALossBehindARestart() {
    Rewind rewind = decide(UP_TO_100, seen("a", 100, "before", 90), seen("b", 3, "before", 101));
    assertThat(rewind).isEqualTo(new Lost("the stream's last sequence fell"));
  }

  @Test
  void seesALossWhenOneIsAheadOfItsStream() {
    Rewind rewind = decide(UP_TO_100, seen("a", 101, "now", 100), seen("b", 3, "now", 100));
    assertThat(rewind).isInstanceOf(Lost.class);
  }

  @Test
  void seesALossWhenTheLastSequenceFell() {
    Rewind rewind = decide(UP_TO_100, seen("a", 50, "now", 101), seen("b", 3, "now", 100));
    assertThat(rewind).isInstanceOf(Lost.class);
  }

  @Test
  void seesALossWhenTheTailWasWrittenAgain() {
    Rewind.Stream refilled =
        new Rewind.Stream(1, 100, sequence -> sequence < 80 ? STAMP : STAMP.plusNanos(1));
    Rewind rewind = decide(refilled, seen("a", 50, "now", 80), seen("b", 3, "now", 79));
    assertThat(rewind).isInstanceOf(Lost.class);
  }

  @Test
  void takesAPurgeForNoLoss() {
    Rewind.Stream purged =
        new Rewind.Stream(
            101,
            100,
            _ -> {
              throw new IllegalStateException("nobody asks for what is purged");
            });
    assertThat(decide(purged, seen("a", 100, "now", 90))).isEqualTo(new NotNeeded());
  }

  @Test
  void takesADeletedMessageForNoLoss() {
    Rewind.Stream holed = new Rewind.Stream(1, 100, _ -> null);
    assertThat(decide(holed, seen("a", 100, "now", 90))).isEqualTo(new NotNeeded());
  }
}
