package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.PATIENT;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.isAllAcked;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.sized;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.step.Answer;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How durables come to be, change and come again. */
final class DurableLifeTest extends OnLosableBroker {
  @Test
  void makesItsDurableAgainWhenItsFilesAreGone() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
      losable.loseFilesOf("verify");
      Await.until(this::isSettled, "checkpoints are written again");
      losable.server.kill();
      losable.server.restart();
      publishWhenBack(casts(10, 20));
      awaitAsked(step, 10, 20);
    }
  }

  @Test
  void makesItsDurableAgainWhenSomebodyDeletesIt() throws Exception {
    try (TestTrigger _ = trigger(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
      deleteDurable();
      publish(nats, casts(10, 20));
      awaitAsked(step, 10, 20);
    }
  }

  /** The server may fail to remove its files, while it still writes them. */
  private void deleteDurable() throws Exception {
    new StreamApi(link, StreamName.CASTS.in(nats.name())).delete("verify");
  }

  @Test
  void doesNotTakeOverThePlaceOfItsPredecessor() throws Exception {
    publish(nats, casts(0, 30));
    try (TestTrigger _ = trigger(step)) {
      awaitAsked(step, 0, 30);
    }
    losable.server.stop();
    losable.keepPlaceOf("verify");
    losable.server.restart();
    Await.until(() -> state() != null, "the server is back");
    StreamApi api = new StreamApi(link, StreamName.CASTS.in(nats.name()));
    Await.until(
        () -> {
          api.delete("verify");
          return true;
        },
        "deleted");
    losable.bringBackPlaceOf("verify");
    DurableShape shape = DurableShape.of(verify(), nats.name(), QUICK.ackWait());
    Checkpoint another = new Checkpoint("another", null, new Checkpoint.Tail(0, Instant.EPOCH));
    // A server of 2.9 lets it go on at 30; newer ones may know better.
    var _ = api.put(shape.fromTheStart(another));
    TestStep after = TestStep.each("verify", _ -> Answer.nothing());
    try (TestTrigger _ = trigger(after)) {
      awaitAsked(after, 0, 30);
    }
  }

  @Test
  void keepsItsPlaceWhenItsLimitsChange() throws Exception {
    try (TestTrigger _ = patient(step)) {
      publish(nats, casts(0, 10));
      awaitAsked(step, 0, 10);
    }
    ZonedDateTime created = durable(nats, "verify").getCreationTime();
    BindingConfig larger = sized(verify(), 1_000, 20);
    try (TestTrigger _ = new TestTrigger(nats, PATIENT, step).with(larger)) {
      publish(nats, casts(10, 20));
      awaitAsked(step, 10, 20);
      assertThat(durable(nats, "verify").getConsumerConfiguration().getMaxAckPending())
          .isEqualTo(larger.maxAckPending());
    }
    assertThat(durable(nats, "verify").getCreationTime()).isEqualTo(created);
    assertThat(step.asked()).hasSize(20);
  }

  @Test
  void startsOverWhenItListensToSomethingElse() throws Exception {
    Event accepted = Event.first(Casts.accepted(Casts.cast(7)), "dedup", Instant.EPOCH, null);
    Event verified = Event.first(Casts.verified(Casts.cast(3)), "verify", Instant.EPOCH, null);
    publish(nats, List.of(accepted, verified));
    TestStep asked = TestStep.each("dedup", _ -> Answer.nothing());
    try (TestTrigger _ = new TestTrigger(nats, QUICK, asked).with(to(EventType.VOTE_VERIFIED))) {
      Await.until(() -> asked.asked().equals(List.of(3)), "asked about what is verified");
      Await.until(() -> isAllAcked(nats, "dedup"), "acked");
    }
    try (TestTrigger _ = new TestTrigger(nats, QUICK, asked).with(to(EventType.VOTE_ACCEPTED))) {
      Await.until(() -> asked.asked().equals(List.of(3, 7)), "asked about what is accepted");
    }
  }

  private static BindingConfig to(EventType type) {
    return TestTrigger.binding("dedup", By.STREAM, type);
  }
}
