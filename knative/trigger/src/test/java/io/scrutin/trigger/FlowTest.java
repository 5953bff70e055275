package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.PATIENT;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much is carried at once, and what is left when a trigger stops. */
final class FlowTest extends OnBroker {
  @Test
  void callsOnceAtATimeWhileEventsTrickleIn() throws Exception {
    publish(nats, casts(0, 10));
    AtomicInteger most = new AtomicInteger();
    try (TestTrigger _ =
        new TestTrigger(nats, QUICK, counting(most, new CountDownLatch(0)))
            .with(sized(verify(), 10, 4))) {
      awaitAllAcked();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void inFlightGrowsWithTheBacklog() throws Exception {
    publish(nats, casts(0, 100));
    AtomicInteger most = new AtomicInteger();
    CountDownLatch held = new CountDownLatch(1);
    try (TestTrigger trigger =
        new TestTrigger(nats, QUICK, counting(most, held)).with(sized(verify(), 5, 3))) {
      Await.until(() -> most.get() == 3, "three calls at once");
      assertThat(trigger.stats("verify").inFlight()).isEqualTo(3);
      held.countDown();
      awaitAllAcked();
    }
    assertThat(most).hasValue(3);
  }

  @Test
  void callsOthersWhileOneCallHangs() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    TestStep step =
        new TestStep(
            "verify",
            batch -> {
              if (number(batch.getFirst()) == 0) {
                await(held);
              }
              return batch.stream().map(event -> Answer.emit(verified(event))).toList();
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(sized(verify(), 5, 2))) {
      publish(nats, casts(0, 1));
      Await.until(() -> step.calls().size() == 1, "the first one hangs");
      publish(nats, casts(1, 30));
      // The last few are too few for a second call beside the one that hangs.
      Await.until(() -> verifiedEvents().size() >= 20, "others are verified meanwhile");
      held.countDown();
      awaitAllAcked();
    }
    assertThat(verifiedEvents()).hasSize(30);
  }

  @Test
  void drainsOnStop() throws Exception {
    publish(nats, casts(0, 30));
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger most = new AtomicInteger();
    TestTrigger trigger =
        new TestTrigger(nats, QUICK, counting(most, held)).with(sized(verify(), 5, 2));
    Await.until(() -> most.get() == 2, "two batches in hand");
    Thread stopping = Thread.ofVirtual().start(trigger::close);
    Await.until(
        () -> stopping.getState() == Thread.State.TIMED_WAITING || !stopping.isAlive(), "stopping");
    held.countDown();
    stopping.join();
    Await.until(() -> durable(nats, "verify").getNumAckPending() == 0, "nothing is left in hand");
    assertThat(verifiedEvents()).hasSize(10);
    assertThat(durable(nats, "verify").getNumPending()).isEqualTo(20);
  }

  @Test
  void leavesNothingToTheAckWaitWhenItStopsUnderLoad() throws Exception {
    publish(nats, casts(0, 1_000));
    BindingConfig large = sized(verify(), 200, 4);
    TestStep first = TestStep.verifying();
    TestTrigger trigger = new TestTrigger(nats, PATIENT, first).with(large);
    Await.until(() -> !verifiedEvents().isEmpty(), "it is at work");
    trigger.close();
    Instant stopped = Instant.now();
    TestStep second = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, PATIENT, second).with(large)) {
      awaitAllAcked();
    }
    assertThat(Duration.between(stopped, Instant.now())).isLessThan(PATIENT.ackWait());
    assertThat(Collections.disjoint(first.asked(), second.asked())).isTrue();
    assertThat(first.asked().size() + second.asked().size()).isEqualTo(1_000);
  }

  @Test
  void givesBackAtOnceWhatItCannotFinish() throws Exception {
    publish(nats, casts(0, 5));
    TestStep away =
        TestStep.each(
            "verify",
            _ -> {
              throw new DependencyAway("postgres");
            });
    TestTrigger first = new TestTrigger(nats, PATIENT, away).with(verify());
    Await.until(() -> away.calls().size() > 2, "away");
    first.close();
    Instant stopped = Instant.now();
    TestStep well = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, PATIENT, well).with(verify())) {
      awaitAllAcked();
    }
    assertThat(Duration.between(stopped, Instant.now())).isLessThan(PATIENT.ackWait());
    assertThat(well.askedOnce()).hasSize(5);
  }

  @Test
  void twoTriggersShareADurable() throws Exception {
    TestStep left = TestStep.verifying();
    TestStep right = TestStep.verifying();
    BindingConfig small = sized(verify(), 10, 1);
    try (TestTrigger _ = new TestTrigger(nats, PATIENT, left).with(small);
        TestTrigger _ = new TestTrigger(nats, PATIENT, right).with(small)) {
      publish(nats, casts(0, 400));
      Await.until(() -> verifiedEvents().size() >= 400, "all verified");
      awaitAllAcked();
    }
    assertThat(Collections.disjoint(left.asked(), right.asked())).isTrue();
    assertThat(left.asked().size() + right.asked().size()).isEqualTo(400);
  }

  @Test
  void tellsWhatWaitsAndHowLong() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    TestStep step = counting(new AtomicInteger(), held);
    try (TestTrigger trigger = new TestTrigger(nats, PATIENT, step).with(sized(verify(), 1, 1))) {
      publish(nats, casts(0, 9));
      Await.until(() -> trigger.stats("verify").pending() == 9, "nine pending");
      Await.until(() -> trigger.stats("verify").oldestSeconds() > 0.2, "the oldest grows older");
      assertThat(trigger.meters.get("nats_consumer_pending").tag("consumer", "verify").gauge())
          .satisfies(gauge -> assertThat(gauge.value()).isEqualTo(9));
      held.countDown();
      Await.until(() -> trigger.stats("verify").pending() == 0, "none pending");
      Await.until(() -> trigger.stats("verify").delivered() == 9, "each is counted, once");
      BindingStats stats = trigger.stats("verify");
      assertThat(stats.published()).isEqualTo(9);
      assertThat(stats.oldestSeconds()).isZero();
      assertThat(stats.latencyP99Millis()).isGreaterThanOrEqualTo(stats.latencyP50Millis());
      assertThat(stats.latencyP50Millis()).isPositive();
    }
  }
}
