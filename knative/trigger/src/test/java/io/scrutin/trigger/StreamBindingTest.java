package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.PATIENT;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamBindingTest {
  private final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void close() {
    nats.close();
  }

  private List<Event> verifiedEvents() throws Exception {
    return kept(nats, EventType.VOTE_VERIFIED);
  }

  private List<EventParked> parked() throws Exception {
    return kept(nats, EventType.EVENT_PARKED).stream()
        .map(event -> (EventParked) event.fact())
        .toList();
  }

  private void awaitAllAcked() {
    Await.until(() -> isAllAcked(nats, "verify"), "everything acked");
  }

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
  void parksPoisonAndLeavesItsNeighboursUnharmed() throws Exception {
    publish(nats, casts(0, 20));
    TestStep step =
        TestStep.each(
            "verify",
            event -> {
              if (number(event) == 7) {
                throw new IllegalStateException("poison");
              }
              return Answer.emit(verified(event));
            });
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step).with(verify())) {
      // Somebody else has to get through after its first failure, or the function is to blame.
      Await.until(() -> step.calls().stream().anyMatch(StreamBindingTest::isSeven), "7 was alone");
      publish(nats, casts(20, 25));
      Await.until(() -> parked().size() == 1, "one parked");
      awaitAllAcked();
      assertThat(trigger.stats("verify").parked()).isEqualTo(1);
    }
    EventParked poison = parked().getFirst();
    assertThat(poison.binding()).isEqualTo("verify");
    assertThat(poison.sequence()).isEqualTo(8);
    assertThat(poison.voteId()).isEqualTo(Casts.id(7));
    assertThat(poison.lawId()).isEqualTo(Casts.LAW);
    assertThat(poison.reason()).contains("broke its function 3 times");
    assertThat(CODEC.decode(message(poison)).fact()).isEqualTo(Casts.fact(7));
    assertThat(step.calls().stream().filter(StreamBindingTest::isSeven)).hasSize(3);
    assertThat(verifiedEvents()).hasSize(24);
  }

  private static byte[] message(EventParked parked) {
    return Objects.requireNonNull(parked.message()).toArray();
  }

  private static boolean isSeven(List<Event> call) {
    return call.size() == 1 && number(call.getFirst()) == 7;
  }

  @Test
  void halvesABrokenBatch() throws Exception {
    publish(nats, casts(0, 16));
    TestStep step =
        new TestStep(
            "verify",
            batch -> {
              if (batch.stream().anyMatch(event -> number(event) == 0)) {
                throw new IllegalStateException("poison");
              }
              return batch.stream().map(event -> Answer.emit(verified(event))).toList();
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      Await.until(() -> verifiedEvents().size() == 15, "15 verified");
    }
    assertThat(step.calls().stream().map(List::size).limit(9))
        .containsExactly(16, 8, 4, 2, 1, 1, 2, 4, 8);
  }

  @Test
  void parksNothingWhenEverythingFails() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    TestStep step =
        TestStep.each(
            "verify",
            event -> {
              if (broken.get()) {
                throw new IllegalStateException("broken for everybody");
              }
              return Answer.emit(verified(event));
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 3));
      Await.until(
          () -> step.calls().stream().filter(StreamBindingTest::isAlone).count() > 30,
          "far more than three attempts each");
      assertThat(parked()).isEmpty();
      broken.set(false);
      awaitAllAcked();
    }
    assertThat(parked()).isEmpty();
    assertThat(verifiedEvents()).hasSize(3);
  }

  private static boolean isAlone(List<Event> call) {
    return call.size() == 1;
  }

  @Test
  void parksWhatCannotBeReadAtOnce() throws Exception {
    TestStep step = TestStep.verifying();
    byte[] garbage = "{\"specversion\":\"1.0\"".getBytes(StandardCharsets.UTF_8);
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, EventType.VOTE_CAST, garbage);
      publish(nats, casts(1, 2));
      // A verified one on the cast's subject is not what it says it is.
      publish(
          nats,
          EventType.VOTE_CAST,
          CODEC.encode(cast(3).then(verified(cast(3)), "x", Instant.EPOCH)));
      Await.until(() -> parked().size() == 2, "two parked");
      awaitAllAcked();
    }
    assertThat(message(parked().getFirst())).isEqualTo(garbage);
    assertThat(parked().getFirst().voteId()).isNull();
    assertThat(step.asked()).containsExactly(1);
  }

  @Test
  void parksAMessageThatIsTooLargeWithoutItsBody() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, TestStep.verifying()).with(verify())) {
      publish(nats, EventType.VOTE_CAST, new byte[EventParked.MAX_MESSAGE_BYTES + 1]);
      Await.until(() -> parked().size() == 1, "parked");
    }
    assertThat(parked().getFirst().message()).isNull();
    assertThat(parked().getFirst().sequence()).isEqualTo(1);
  }

  @Test
  void parksWhatItsStepGivesUp() throws Exception {
    TestStep step = TestStep.each("verify", _ -> new Answer.Park("no such contest"));
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      publish(nats, casts(0, 1));
      awaitAllAcked();
    }
    assertThat(parked()).extracting(EventParked::reason).containsExactly("no such contest");
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

  private static TestStep counting(AtomicInteger most, CountDownLatch held) {
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      throw new IllegalStateException(stopping);
    }
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
  void tellsTheBrokerEverythingBeforeItGoes() throws Exception {
    publish(nats, casts(0, 1_000));
    TestTrigger trigger =
        new TestTrigger(nats, PATIENT, TestStep.verifying()).with(sized(verify(), 200, 4));
    Await.until(() -> !verifiedEvents().isEmpty(), "it is at work");
    trigger.close();
    Instant stopped = Instant.now();
    Await.until(() -> durable(nats, "verify").getNumAckPending() == 0, "nothing is left in hand");
    assertThat(Duration.between(stopped, Instant.now())).isLessThan(PATIENT.ackWait());
    assertThat(verifiedEvents()).hasSize(1_000 - (int) durable(nats, "verify").getNumPending());
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
    assertThat(left.asked()).doesNotContainAnyElementsOf(right.asked());
    assertThat(left.asked().size() + right.asked().size()).isEqualTo(400);
  }

  @Test
  void startsAndStopsEachBindingByItself() throws Exception {
    TestStep verify = TestStep.verifying();
    TestStep audit = TestStep.each("audit", _ -> Answer.nothing());
    BindingConfig second =
        TestTrigger.binding("audit", BindingConfig.Kind.STREAM, EventType.VOTE_CAST);
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

  @Test
  void tellsWhatWaitsAndHowLong() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    TestStep step = counting(new AtomicInteger(), held);
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step).with(sized(verify(), 1, 1))) {
      publish(nats, casts(0, 9));
      Await.until(() -> trigger.stats("verify").pending() == 9, "nine pending");
      Await.until(() -> trigger.stats("verify").oldestSeconds() > 0.2, "the oldest grows older");
      assertThat(trigger.meters.get("nats_consumer_pending").tag("consumer", "verify").gauge())
          .satisfies(gauge -> assertThat(gauge.value()).isEqualTo(9));
      held.countDown();
      Await.until(() -> trigger.stats("verify").pending() == 0, "none pending");
      BindingStats stats = trigger.stats("verify");
      assertThat(stats.delivered()).isEqualTo(9);
      assertThat(stats.published()).isEqualTo(9);
      assertThat(stats.oldestSeconds()).isZero();
      assertThat(stats.latencyP99Millis()).isGreaterThanOrEqualTo(stats.latencyP50Millis());
      assertThat(stats.latencyP50Millis()).isPositive();
    }
  }
}
