package io.scrutin.trigger;

import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.TallyUpdated;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.Wake;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeBindingTest {
  private static final BindingConfig TALLY =
      sized(TestTrigger.binding("tally", By.WAKE, EventType.VOTE_RECORDED), 5_000, 1);

  private final TestNats.Environment nats = TestNats.freshEnvironment();

  @AfterEach
  void close() {
    nats.close();
  }

  private static List<Event> recorded(int from, int until) {
    return IntStream.range(from, until)
        .mapToObj(
            n ->
                Event.first(new VoteRecorded(Casts.id(n), Casts.LAW), "store", Instant.EPOCH, null))
        .toList();
  }

  private static TestStep answering(Supplier<Answer> answer) {
    return TestStep.each("tally", _ -> answer.get());
  }

  private void awaitAllAcked() {
    Await.until(() -> isAllAcked(nats, "tally"), "all acked");
  }

  @Test
  void coalescesWakes() throws Exception {
    publish(nats, recorded(0, 500));
    TestStep step = answering(() -> Answer.emit(new TallyUpdated(Casts.LAW, 500)));
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step).with(TALLY)) {
      awaitAllAcked();
      Await.until(() -> trigger.stats("tally").delivered() == 500, "all counted");
    }
    assertThat(step.calls()).hasSize(1);
    assertThat(step.calls().getFirst())
        .singleElement()
        .satisfies(event -> assertThat(event.fact()).isEqualTo(new Wake("tally")));
    assertThat(kept(nats, EventType.TALLY_UPDATED)).hasSize(1);
  }

  /** An error is no exception: the binding's only thread would end with it, and nobody be woken. */
  @Test
  void goesOnAfterACallThatRanOutOfStack() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TestStep step =
        answering(
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError("a fault of a test");
              }
              return Answer.nothing();
            });
    publish(nats, recorded(0, 1));
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(TALLY)) {
      awaitAllAcked();
    }
    assertThat(calls).hasValue(2);
  }

  @Test
  void asksTheBrokerForNoBodies() throws Exception {
    try (TestTrigger trigger =
        new TestTrigger(nats, QUICK, answering(Answer::nothing)).with(TALLY)) {
      Await.until(() -> trigger.durable("tally") != null, "the durable");
      ConsumerConfiguration durable = trigger.durable("tally").getConsumerConfiguration();
      assertThat(durable.isHeadersOnly()).isTrue();
      assertThat(durable.getAckPolicy()).isEqualTo(AckPolicy.All);
    }
  }

  @Test
  void neverWakesTwiceAtOnceButOnceMoreForWhatCameMeanwhile() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    TestStep step =
        answering(
            () -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              try {
                held.await();
              } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
              }
              now.decrementAndGet();
              return Answer.nothing();
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(TALLY)) {
      publish(nats, recorded(0, 1));
      Await.until(() -> now.get() == 1, "woken");
      publish(nats, recorded(1, 200));
      assertThat(step.calls()).hasSize(1);
      held.countDown();
      awaitAllAcked();
    }
    assertThat(most).hasValue(1);
    assertThat(step.calls()).hasSize(2);
  }

  @Test
  void waitsForAFunctionThatIsAway() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TestStep step =
        answering(
            () -> {
              if (calls.incrementAndGet() < 10) {
                throw new DependencyAway("postgres");
              }
              return Answer.nothing();
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(TALLY)) {
      publish(nats, recorded(0, 3));
      awaitAllAcked();
    }
    assertThat(calls).hasValueGreaterThanOrEqualTo(10);
  }

  @Test
  void parksNothingHoweverOftenItFails() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TestStep step =
        answering(
            () -> {
              if (calls.incrementAndGet() < 10) {
                throw new IllegalStateException("broken");
              }
              return Answer.nothing();
            });
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(TALLY)) {
      publish(nats, recorded(0, 3));
      awaitAllAcked();
    }
    assertThat(kept(nats, EventType.EVENT_PARKED)).isEmpty();
  }
}
