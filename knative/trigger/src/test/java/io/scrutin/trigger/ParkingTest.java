package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.cast;
import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.number;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What does not get through is set aside, and nothing else is. */
final class ParkingTest extends OnBroker {
  @Test
  void parksPoisonAndLeavesItsNeighboursUnharmed() throws Exception {
    publish(nats, casts(0, 20));
    AtomicInteger others = new AtomicInteger(20);
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
      // Others have to get through between its failures, or the function is to blame.
      Await.until(() -> trickled(others) && parked().size() == 1, "one parked");
      awaitAllAcked();
      Await.until(() -> trigger.stats("verify").parked() == 1, "and counted");
    }
    EventParked poison = parked().getFirst();
    assertThat(poison.binding()).isEqualTo("verify");
    assertThat(poison.sequence()).isEqualTo(8);
    assertThat(poison.voteId()).isEqualTo(Casts.id(7));
    assertThat(poison.lawId()).isEqualTo(Casts.LAW);
    assertThat(poison.reason()).containsPattern("broke its function \\d times");
    assertThat(CODEC.decode(message(poison)).fact()).isEqualTo(Casts.fact(7));
    assertThat(step.calls().stream().filter(ParkingTest::isSeven)).hasSizeGreaterThanOrEqualTo(3);
    assertThat(verifiedEvents()).hasSize(others.get() - 1);
  }

  private static byte[] message(EventParked parked) {
    return Objects.requireNonNull(parked.message()).toArray();
  }

  private boolean trickled(AtomicInteger next) throws Exception {
    publish(nats, casts(next.get(), next.incrementAndGet()));
    return true;
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
          () -> step.calls().stream().filter(ParkingTest::isAlone).count() > 30,
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
}
