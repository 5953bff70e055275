package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.StreamName;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TcpProxy;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

/** No durable skips an event, whatever the broker forgot. */
final class RewindTest extends OnLosableBroker {
  @Test
  void replaysAfterALostTail() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 50));
      awaitAsked(step, 0, 50);
      losable.sync();
      publishWhenBack(casts(50, 100));
      awaitAsked(step, 50, 100);
      losable.losePower();
      losable.server.restart();
      // The durable is at 100 and the stream at 50: the next 50 would be skipped.
      publishWhenBack(casts(100, 120));
      awaitAsked(step, 100, 120);
    }
    assertThat(state().getLastSequence()).isLessThan(100);
  }

  @Test
  void replaysAfterARestartNoticedLate() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 50));
      awaitAsked(step, 0, 50);
      losable.sync();
      publishWhenBack(casts(50, 100));
      awaitAsked(step, 50, 100);
    }
    losable.losePower();
    losable.server.restart();
    Await.until(() -> state() != null, "the server is back");
    assertThat(durable(nats, "verify").getDelivered().getStreamSequence())
        .isGreaterThan(state().getLastSequence());
    // Filled again past where the durable is, so that nothing looks wrong any more.
    publishWhenBack(casts(100, 200));
    assertThat(state().getLastSequence())
        .isGreaterThan(durable(nats, "verify").getDelivered().getStreamSequence());
    TestStep late = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(late)) {
      awaitAsked(late, 100, 200);
    }
  }

  @Test
  void replaysFromTheFloorAndNotFromTheStart() throws Exception {
    TestStep after = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 50));
      awaitAsked(step, 0, 50);
      Instant fiftieth = stamp(50);
      Await.until(
          () -> fiftieth.equals(checkpoint().map(Checkpoint::floor).orElse(null)),
          "the floor is old enough to be relied on");
    }
    publish(nats, casts(50, 60));
    losable.server.kill();
    losable.server.restart();
    publishWhenBack(casts(60, 61));
    try (TestTrigger _ = trigger(after)) {
      awaitAsked(after, 50, 61);
    }
    assertThat(after.askedOnce()).doesNotContainAnyElementsOf(numbers(0, 49));
  }

  private Instant stamp(long sequence) throws Exception {
    return nats.connection()
        .jetStreamManagement()
        .getMessage(StreamName.CASTS.in(nats.name()), sequence)
        .getTime()
        .toInstant();
  }

  @Test
  void goesOnWhereItWasWhenOnlyTheTriggerRestarts() throws Exception {
    try (TestTrigger _ = patient(step)) {
      publish(nats, casts(0, 20));
      awaitAsked(step, 0, 20);
    }
    TestStep after = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = patient(after)) {
      publish(nats, casts(20, 30));
      awaitAsked(after, 20, 30);
    }
    assertThat(after.asked()).containsExactlyInAnyOrderElementsOf(numbers(20, 30));
  }

  @Test
  void goesOnWhereItWasWhenOnlyTheWireBreaks() throws Exception {
    try (TcpProxy wire = TcpProxy.to(losable.server.port());
        TestTrigger _ =
            new TestTrigger(nats, wire.through(nats.url()), QUICK, step).with(verify())) {
      publish(nats, casts(0, 20));
      awaitAsked(step, 0, 20);
      wire.cut();
      publish(nats, casts(20, 40));
      wire.heal();
      awaitAsked(step, 20, 40);
    }
    // What was on the broken wire comes again after the ack wait; what was acked does not.
    assertThat(step.asked().stream().filter(number -> number < 20)).hasSize(20);
  }

  @Test
  void twoTriggersDoNotRewindEachOther() throws Exception {
    TestStep other = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(step);
        TestTrigger _ = trigger(other)) {
      publish(nats, casts(0, 20));
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
      ZonedDateTime before = durable(nats, "verify").getCreationTime();
      losable.server.kill();
      losable.server.restart();
      Await.until(
          () -> !durable(nats, "verify").getCreationTime().equals(before), "rewound by one");
      publishWhenBack(casts(20, 40));
      Await.until(
          () -> step.askedOnce().size() + other.askedOnce().size() >= 40, "both are at work again");
      publishWhenBack(casts(40, 50));
      Await.until(this::isSettled, "it is rewound no more");
      Await.until(() -> isAllAcked(nats, "verify"), "acked");
    }
  }
}
