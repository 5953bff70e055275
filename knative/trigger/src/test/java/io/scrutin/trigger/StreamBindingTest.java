package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StreamBindingTest extends OnBroker {
  @Test
  void carriesEachEventToItsStepAndTheAnswersBack() throws Exception {
    TestStep step = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 120));
      Await.until(() -> verifiedEvents().size() == 120, "120 verified");
      awaitAllAcked();
    }
    assertThat(step.asked()).containsExactlyInAnyOrderElementsOf(numbers(0, 120));
    assertThat(verifiedEvents())
        .allSatisfy(event -> assertThat(event.causationId()).isEqualTo(cast(number(event)).id()));
  }

  private static List<Integer> numbers(int from, int until) {
    return IntStream.range(from, until).boxed().toList();
  }

  @Test
  void stampsEachEventWithTheBrokersTimeWhateverTheEventSays() throws Exception {
    Event plain = cast(1);
    Instant forged = Instant.parse("2001-01-01T00:00:00Z");
    Event claiming =
        new Event(plain.id(), plain.source(), plain.time(), null, null, forged, plain.fact());
    TestStep step = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, EventType.VOTE_CAST, CODEC.encode(claiming));
      awaitAllAcked();
      Await.until(() -> step.calls().size() == 1, "asked");
    }
    Instant stamp =
        nats.connection()
            .jetStreamManagement()
            .getMessage(EventType.VOTE_CAST.stream().in(nats.name()), 1)
            .getTime()
            .toInstant();
    assertThat(step.calls().getFirst().getFirst().stampedAt()).isEqualTo(stamp);
  }

  @Test
  void asksAgainAsOftenAsTheStepWants() throws Exception {
    AtomicInteger times = new AtomicInteger();
    TestStep step =
        TestStep.each(
            "verify",
            event ->
                times.incrementAndGet() < 10
                    ? new Answer.Retry("not yet")
                    : Answer.emit(verified(event)));
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 1));
      Await.until(() -> verifiedEvents().size() == 1, "verified in the end");
      assertThat(trigger.stats("verify").retried()).isEqualTo(9);
    }
    assertThat(parked()).isEmpty();
  }

  @Test
  void acksWhatLeadsToNothing() throws Exception {
    TestStep step = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 5));
      Await.until(() -> step.asked().size() == 5, "asked");
      awaitAllAcked();
    }
    assertThat(step.asked()).hasSize(5);
    assertThat(verifiedEvents()).isEmpty();
  }

  @Test
  void bringsTogetherWhatComesWithinAPause() throws Exception {
    TestStep step = TestStep.verifying();
    BindingConfig pausing = TestTrigger.pausing(verify(), Duration.ofMillis(700));
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(pausing)) {
      publish(nats, casts(0, 1));
      Await.until(() -> step.calls().size() == 1, "the first is asked about at once");
      for (int number = 1; number < 20; number++) {
        publish(nats, casts(number, number + 1));
      }
      awaitAllAcked();
    }
    assertThat(step.asked()).containsExactlyInAnyOrderElementsOf(numbers(0, 20));
    assertThat(step.calls()).hasSizeLessThan(10);
  }

  @Test
  void pausesForNobodyWhileThereIsAFullBatch() throws Exception {
    TestStep step = TestStep.verifying();
    BindingConfig pausing = TestTrigger.pausing(verify(), BindingConfig.LONGEST_PAUSE);
    publish(nats, casts(0, 10 * pausing.batch()));
    Instant start = Instant.now();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(pausing)) {
      Await.until(() -> step.asked().size() == 10 * pausing.batch(), "all asked about");
      assertThat(Duration.between(start, Instant.now())).isLessThan(BindingConfig.LONGEST_PAUSE);
      awaitAllAcked();
    }
  }

  @Test
  void stopsInTheMiddleOfAPause() throws Exception {
    TestStep step = TestStep.verifying();
    BindingConfig pausing = TestTrigger.pausing(verify(), BindingConfig.LONGEST_PAUSE);
    Instant start;
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(pausing)) {
      publish(nats, casts(0, 1));
      awaitAllAckedAfter(step);
      start = Instant.now();
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(BindingConfig.LONGEST_PAUSE);
  }

  @Test
  void leavesTheCoresToOthersAfterASilence() throws Exception {
    TestStep step = TestStep.verifying();
    Duration wait = Duration.ofSeconds(1);
    Instant start;
    try (TestTrigger _ =
        new TestTrigger(nats, QUICK, step).with(TestTrigger.waiting(verify(), wait))) {
      start = Instant.now();
      publish(nats, casts(0, 3));
      Await.until(() -> step.asked().size() == 3, "asked");
      assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(wait);
      awaitAllAcked();
      start = Instant.now();
      publish(nats, casts(3, 4));
      Await.until(() -> step.asked().size() == 4, "asked about one more at once");
      assertThat(Duration.between(start, Instant.now())).isLessThan(wait);
      awaitAllAcked();
    }
  }

  @Test
  void stopsInTheMiddleOfAWaitAfterASilence() throws Exception {
    TestStep step = TestStep.verifying();
    BindingConfig waiting = TestTrigger.waiting(verify(), BindingConfig.LONGEST_PAUSE);
    Instant start;
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(waiting)) {
      publish(nats, casts(0, 1));
      Await.until(() -> durable(nats, "verify").getNumAckPending() == 1, "it is in hand");
      start = Instant.now();
    }
    assertThat(Duration.between(start, Instant.now())).isLessThan(BindingConfig.LONGEST_PAUSE);
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      awaitAllAcked();
    }
    assertThat(step.asked()).contains(0);
  }

  @Test
  void asksAboutEachCopyOfAnEvent() throws Exception {
    publish(nats, List.of(cast(1), cast(2), cast(1), cast(1)));
    TestStep step = TestStep.verifying();
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      Await.until(() -> verifiedEvents().size() == 4, "four verified");
      awaitAllAcked();
    }
    assertThat(step.calls()).allSatisfy(call -> assertThat(call).doesNotHaveDuplicates());
    assertThat(step.asked()).containsExactlyInAnyOrder(1, 2, 1, 1);
  }

  @Test
  void heartbeatsSlowCalls() throws Exception {
    Duration ackWait = QUICK.ackWait();
    TestStep step =
        TestStep.each(
            "verify",
            event -> {
              Instant end = Instant.now().plus(ackWait.multipliedBy(2)).plusMillis(500);
              Await.until(() -> Instant.now().isAfter(end), "longer than the ack wait");
              return Answer.emit(verified(event));
            });
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 1));
      awaitAllAckedAfter(step);
      assertThat(trigger.durable("verify").getDelivered().getConsumerSequence()).isEqualTo(1);
    }
    assertThat(step.asked()).hasSize(1);
  }

  private void awaitAllAckedAfter(TestStep step) {
    Await.until(() -> !step.calls().isEmpty(), "asked");
    awaitAllAcked();
  }

  @Test
  void startsAndStopsEachBindingByItself() throws Exception {
    TestStep verify = TestStep.verifying();
    TestStep audit = TestStep.each("audit", _ -> Answer.nothing());
    BindingConfig second = TestTrigger.binding("audit", By.STREAM, EventType.VOTE_CAST);
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, verify, audit).with(verify(), second)) {
      publish(nats, casts(0, 5));
      Await.until(() -> audit.asked().size() == 5, "both work");
      trigger.bindings.stop("audit");
      publish(nats, casts(5, 10));
      Await.until(() -> verify.asked().size() == 10, "the other works on");
      assertThat(audit.asked()).hasSize(5);
      trigger.bindings.start(second);
      Await.until(() -> audit.asked().size() == 10, "it goes on where it was");
    }
  }
}
