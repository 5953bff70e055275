package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.broker.StreamSizes;
import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.servers.NatsServer;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event is acked only when what followed from it is persisted. */
class PersistenceTest {
  private static final long ROOM = 16 * 1024 * 1024;

  private final NatsServer server = TestNats.own();
  private final TestNats.Environment nats =
      // PARKED has no room at first, so whatever is to go there waits.
      TestNats.freshEnvironment(server, new StreamSizes(ROOM, 100, 1));

  @AfterEach
  void close() {
    nats.close();
    server.close();
  }

  /** Answers with an event that VOTES takes and one that PARKED does not. */
  private static TestStep answeringTwice() {
    return TestStep.each(
        "verify", event -> new Answer.Emit(List.of(verified(event), second(event))));
  }

  private static EventParked second(Event event) {
    return new EventParked(
        "elsewhere",
        "a stream",
        number(event),
        "a subject",
        Instant.EPOCH,
        "a reason",
        Casts.id(number(event)),
        Casts.LAW,
        null);
  }

  private void makeRoom() throws Exception {
    JetStreamManagement management = nats.connection().jetStreamManagement();
    String parked = StreamName.PARKED.in(nats.name());
    StreamConfiguration known = management.getStreamInfo(parked).getConfiguration();
    management.updateStream(StreamConfiguration.builder(known).maxBytes(ROOM).build());
  }

  private long countVerified() throws Exception {
    return kept(nats, EventType.VOTE_VERIFIED).size();
  }

  private long distinctParked() throws Exception {
    return kept(nats, EventType.EVENT_PARKED).stream()
        .map(Event::id)
        .collect(Collectors.toSet())
        .size();
  }

  @Test
  void acksOnlyAfterTheAnswerIsPersisted() throws Exception {
    publish(nats, casts(0, 4));
    TestStep step = answeringTwice();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      Await.until(() -> countVerified() == 4, "the first answers are persisted");
      assertThat(durable(nats, "verify").getNumAckPending()).isEqualTo(4);
      makeRoom();
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
    assertThat(distinctParked()).isEqualTo(4);
    // The batch was kept, not called again, and only what was missing was published again.
    assertThat(step.asked()).hasSize(4);
    assertThat(countVerified()).isEqualTo(4);
  }

  @Test
  void redeliversAfterACrashBetweenPublishAndAck() throws Exception {
    publish(nats, casts(0, 4));
    TestTrigger crashing = new TestTrigger(nats, QUICK, answeringTwice()).with(verify());
    Await.until(() -> countVerified() == 4, "published, but not acked");
    crashing.crash();
    makeRoom();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, answeringTwice()).with(verify())) {
      Await.until(() -> distinctParked() == 4, "the answers that were missing");
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
    // Twice on the wire, with the same ids: that is what later steps are ready for.
    assertThat(kept(nats, EventType.VOTE_VERIFIED).stream().map(Event::id).distinct()).hasSize(4);
  }

  @Test
  void keepsAnswersWhileTheBrokerIsAway() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    TestStep step =
        TestStep.each(
            "verify",
            event -> {
              asked.countDown();
              try {
                held.await();
              } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
              }
              return Answer.emit(verified(event));
            });
    publish(nats, casts(0, 10));
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      asked.await();
      server.kill();
      held.countDown();
      server.restart();
      Await.until(
          () ->
              kept(nats, EventType.VOTE_VERIFIED).stream().map(Event::id).distinct().count() == 10,
          "all are verified in the end");
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
  }
}
