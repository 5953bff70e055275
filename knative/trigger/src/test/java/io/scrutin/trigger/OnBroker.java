package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;

import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** An environment for each test, and what the trigger left in it. */
abstract class OnBroker {
  final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void close() {
    nats.close();
  }

  List<Event> verifiedEvents() throws Exception {
    return kept(nats, EventType.VOTE_VERIFIED);
  }

  List<EventParked> parked() throws Exception {
    return kept(nats, EventType.EVENT_PARKED).stream()
        .map(event -> (EventParked) event.fact())
        .toList();
  }

  void awaitAllAcked() {
    Await.until(() -> isAllAcked(nats, "verify"), "everything acked");
  }

  static TestStep counting(AtomicInteger most, CountDownLatch held) {
    AtomicInteger now = new AtomicInteger();
    return new TestStep(
        "verify",
        batch -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          await(held);
          now.decrementAndGet();
          return batch.stream().map(event -> Answer.emit(verified(event))).toList();
        });
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
  }
}
