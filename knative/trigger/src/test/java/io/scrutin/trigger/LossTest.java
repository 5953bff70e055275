package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static io.scrutin.trigger.TestTrigger.verify;

import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the trigger makes of a stream that lost its tail behind its back. */
final class LossTest extends OnLosableBroker {
  private final TestStep dedup = TestStep.each("dedup", _ -> Answer.nothing());

  private static BindingConfig dedup() {
    return TestTrigger.binding("dedup", By.STREAM, EventType.VOTE_VERIFIED);
  }

  /** The durable remembers more of its stream than there is, as after a lost tail. */
  private boolean forgotten(StreamName stream, String durable) throws Exception {
    JetStreamManagement management = nats.connection().jetStreamManagement();
    String name = stream.in(nats.name());
    ConsumerConfiguration known =
        management.getConsumerInfo(name, durable).getConsumerConfiguration();
    Checkpoint before = Checkpoint.parse(known.getDescription()).orElseThrow();
    Checkpoint.Tail tail = new Checkpoint.Tail(1_000_000, Instant.now());
    Checkpoint more = new Checkpoint(before.server(), before.floor(), tail);
    management.addOrUpdateConsumer(
        name, ConsumerConfiguration.builder(known).description(more.describe()).build());
    return false;
  }

  /** Again and again: a checkpoint that was under way may be written over it. */
  private void forget(StreamName stream, String durable) throws Exception {
    ZonedDateTime before = durable(nats, stream, durable).getCreationTime();
    Await.until(
        () ->
            !durable(nats, stream, durable).getCreationTime().equals(before)
                || forgotten(stream, durable),
        durable + " is made anew");
  }

  @Test
  void seesALostTailOnAConnectionThatLasts() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
      forget(StreamName.CASTS, "verify");
      publish(nats, casts(10, 20));
      awaitAsked(step, 10, 20);
      Await.until(() -> checkpoint().orElseThrow().tail().sequence() == 20, "the tail is known");
    }
  }

  @Test
  void aLossInOneStreamRewindsTheDurablesOfAll() throws Exception {
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step, dedup)) {
      trigger.with(verify(), dedup());
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
      ZonedDateTime casts = durable(nats, "verify").getCreationTime();
      Await.until(() -> durable(nats, "dedup") != null, "both are at work");
      // What was verified is lost, and the casts that it followed from are acked.
      forget(StreamName.VOTES, "dedup");
      Await.until(
          () -> !durable(nats, "verify").getCreationTime().equals(casts), "casts are read again");
      publish(nats, casts(10, 20));
      awaitAsked(step, 10, 20);
    }
  }

  /** It is addressed by the durable's name, and the sequence may be another event's by now. */
  @Test
  void aLateAckDoesNotReachTheDurableThatCameAfter() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    TestStep first =
        TestStep.each(
            "verify",
            _ -> {
              OnBroker.await(slow);
              return Answer.nothing();
            });
    TestStep second =
        TestStep.each(
            "verify",
            _ -> {
              throw new DependencyAway("postgres");
            });
    BindingConfig one = sized(verify(), 1, 1);
    try (TestTrigger late = new TestTrigger(nats, QUICK, first).with(one)) {
      publish(nats, casts(0, 1));
      Await.until(() -> first.asked().size() == 1, "it is in hand");
      forget(StreamName.CASTS, "verify");
      TestTrigger other = new TestTrigger(nats, QUICK, second).with(one);
      Await.until(() -> !second.asked().isEmpty(), "it is in another's hand");
      slow.countDown();
      Await.until(() -> late.stats("verify").delivered() >= 1, "the first one is done");
      other.crash();
      Await.until(() -> first.asked().size() >= 2, "it comes again, as nobody answered it");
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
  }
}
