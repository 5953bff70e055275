package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.broker.StreamSizes;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.event.StreamName;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trigger dies between what a replay led to and the note that it was carried out. */
final class ReplayCrashTest {
  private static final long ROOM = 16 * 1024 * 1024;

  /** For an order, and not for the note as well. */
  private static final long ROOM_FOR_ONE = 700;

  private final TestNats.Environment nats =
      TestNats.freshEnvironment(new StreamSizes(ROOM, ROOM_FOR_ONE, 1));

  @AfterEach
  void close() {
    nats.close();
  }

  private boolean ordersAreSettled() throws Exception {
    ConsumerInfo orders = durable(nats, StreamName.PARKED, Replays.DURABLE);
    return orders.getNumPending() + orders.getNumAckPending() == 0;
  }

  @Test
  void repeatsAReplayThatWasNotNotedAndLosesNothing() throws Exception {
    JetStreamManagement management = nats.connection().jetStreamManagement();
    String casts = StreamName.CASTS.in(nats.name());
    publish(nats, casts(5, 6));
    TestStep step = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      Await.until(() -> TestTrigger.isAllAcked(nats, "verify"), "the cast is done with");
    }
    MessageInfo original = management.getMessage(casts, 1);
    ParkedPlace place = new ParkedPlace("verify", casts, 1, original.getTime().toInstant());
    publish(nats, List.of(Event.first(new ReplayOrdered(place), "a person", Instant.now(), null)));

    TestTrigger crashing = new TestTrigger(nats, QUICK, step).with(verify());
    Await.until(() -> kept(nats, EventType.VOTE_VERIFIED).size() >= 2, "what followed is there");
    assertThat(kept(nats, EventType.EVENT_REPLAYED)).isEmpty();
    assertThat(ordersAreSettled()).isFalse();
    crashing.crash();

    String parked = StreamName.PARKED.in(nats.name());
    StreamConfiguration known = management.getStreamInfo(parked).getConfiguration();
    management.updateStream(StreamConfiguration.builder(known).maxBytes(ROOM).build());
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      Await.until(
          () -> kept(nats, EventType.EVENT_REPLAYED).size() == 1 && ordersAreSettled(),
          "carried out");
    }
    assertThat(kept(nats, EventType.VOTE_VERIFIED).stream().map(Event::id).distinct()).hasSize(1);
    assertThat(step.asked()).containsOnly(5).hasSizeGreaterThanOrEqualTo(3);
  }
}
