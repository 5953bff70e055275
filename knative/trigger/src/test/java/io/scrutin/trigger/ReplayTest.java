package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.Casts.verified;
import static io.scrutin.trigger.TestTrigger.CODEC;
import static io.scrutin.trigger.TestTrigger.QUICK;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.kept;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.ConsumerInfo;
import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.EventType;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.event.StreamName;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What was parked gets another chance, with the stamp it had. */
final class ReplayTest extends OnBroker {
  private final AtomicBoolean repaired = new AtomicBoolean();
  private final TestStep step =
      TestStep.each(
          "verify",
          event ->
              repaired.get() ? Answer.emit(verified(event)) : new Answer.Park("to be repaired"));

  private EventParked park(int number) throws Exception {
    publish(nats, casts(number, number + 1));
    Await.until(() -> parked().size() == 1, "parked");
    return parked().getFirst();
  }

  private void order(ParkedPlace place) throws Exception {
    publish(nats, List.of(Event.first(new ReplayOrdered(place), "a person", Instant.now(), null)));
  }

  private List<EventReplayed> replayed() throws Exception {
    return kept(nats, EventType.EVENT_REPLAYED).stream()
        .map(event -> (EventReplayed) event.fact())
        .toList();
  }

  private boolean ordersAreSettled() throws Exception {
    ConsumerInfo orders = durable(nats, StreamName.PARKED, Replays.DURABLE);
    return orders.getNumPending() + orders.getNumAckPending() == 0;
  }

  private boolean areTaken(long orders) throws Exception {
    return durable(nats, StreamName.PARKED, Replays.DURABLE).getDelivered().getConsumerSequence()
            >= orders
        && ordersAreSettled();
  }

  @Test
  void givesAParkedEventToItsBindingAgainWithItsFirstStamp() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      EventParked parked = park(3);
      repaired.set(true);
      order(parked.place());
      Await.until(() -> replayed().size() == 1 && ordersAreSettled(), "replayed");
      assertThat(replayed()).containsExactly(new EventReplayed(parked.place()));
      assertThat(step.calls().getLast().getFirst().stampedAt()).isEqualTo(parked.stampedAt());
    }
    assertThat(verifiedEvents()).extracting(Event::fact).containsExactly(verified(Casts.cast(3)));
    assertThat(parked()).hasSize(1);
    // Nobody else hears of it: the stream of casts holds no second one.
    assertThat(kept(nats, EventType.VOTE_CAST)).hasSize(1);
  }

  @Test
  void parksItAgainWhenNothingWasRepaired() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      EventParked parked = park(3);
      order(parked.place());
      Await.until(() -> parked().size() == 2 && areTaken(1), "parked again");
      assertThat(parked().getLast()).isEqualTo(parked);
    }
    assertThat(replayed()).isEmpty();
    assertThat(verifiedEvents()).isEmpty();
  }

  @Test
  void answersTheSameWhenItIsOrderedTwice() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      EventParked parked = park(3);
      repaired.set(true);
      order(parked.place());
      order(parked.place());
      Await.until(() -> areTaken(2), "both are carried out");
    }
    assertThat(verifiedEvents()).extracting(Event::id).containsOnly(Casts.id(3) + ".vote_verified");
  }

  @Test
  void gettingAVoteCountedTakesMoreThanAnOrderWithAnEarlierStamp() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      ParkedPlace place = park(3).place();
      repaired.set(true);
      order(
          new ParkedPlace(
              place.binding(),
              place.stream(),
              place.sequence(),
              place.stampedAt().minusSeconds(9)));
      Await.until(() -> areTaken(1), "refused");
    }
    assertThat(step.calls()).hasSize(1);
    assertThat(replayed()).isEmpty();
  }

  @Test
  void readsNoOtherStreamOrSubjectThanTheBindings() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      ParkedPlace place = park(3).place();
      repaired.set(true);
      String other = StreamName.PARKED.in(nats.name());
      Instant first = kept(nats, EventType.EVENT_PARKED).getFirst().time();
      order(new ParkedPlace("verify", other, 1, first));
      order(new ParkedPlace("verify", place.stream(), 999, place.stampedAt()));
      Await.until(() -> areTaken(2), "refused");
    }
    assertThat(step.calls()).hasSize(1);
  }

  @Test
  void waitsForATriggerThatHasTheBinding() throws Exception {
    EventParked parked;
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      parked = park(3);
    }
    repaired.set(true);
    try (TestTrigger trigger = new TestTrigger(nats, QUICK, step)) {
      order(parked.place());
      Await.until(
          () ->
              durable(nats, StreamName.PARKED, Replays.DURABLE).getDelivered().getConsumerSequence()
                  > 1,
          "it was put off");
      assertThat(replayed()).isEmpty();
      trigger.with(verify());
      Await.until(() -> replayed().size() == 1 && ordersAreSettled(), "replayed");
    }
  }

  @Test
  void goesOnAfterWhatIsNoOrder() throws Exception {
    try (TestTrigger _ = new TestTrigger(nats, QUICK, step).with(verify())) {
      EventParked parked = park(3);
      repaired.set(true);
      publish(nats, EventType.REPLAY_ORDERED, new byte[] {'{'});
      publish(nats, EventType.REPLAY_ORDERED, CODEC.encode(Casts.cast(4)));
      order(parked.place());
      Await.until(() -> replayed().size() == 1 && areTaken(3), "replayed");
    }
  }
}
