package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.EventType;
import io.scrutin.event.ParkedPlace;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of messages: acked, put off, given to another, or parked. */
final class LetGo {
  private static final Logger LOG = LoggerFactory.getLogger(LetGo.class);

  private final BindingConfig binding;
  private final TriggerConfig config;
  private final Publishing publishing;
  private final Parking parking;
  private final Clock clock;
  private final InHand inHand;
  private final BindingMetrics metrics;

  LetGo(
      BindingConfig binding,
      TriggerParts parts,
      Publishing publishing,
      InHand inHand,
      BindingMetrics metrics) {
    this.binding = binding;
    this.config = parts.config();
    this.publishing = publishing;
    this.clock = parts.clock();
    this.parking =
        new Parking(binding.name(), parts.publisher(), clock, config.releaseLongest(), metrics);
    this.inHand = inHand;
    this.metrics = metrics;
  }

  void end(Delivery delivery, Carried.End end) throws InterruptedException {
    switch (end) {
      case Carried.End.Open _ -> {
        // Its other events are still to be answered.
      }
      case Carried.End.Settled _ -> settled(delivery);
      case Carried.End.Again again -> release(delivery, again.failures());
      case Carried.End.GiveBack _ -> giveBack(delivery);
    }
  }

  /** That what was ordered has come through is told before the order is acked. */
  private void settled(Delivery delivery) throws InterruptedException {
    Optional<ParkedPlace> place = delivery.replayed();
    if (place.isPresent() && !isTold(new EventReplayed(place.get()))) {
      giveBack(delivery);
      return;
    }
    delivery.ack();
    inHand.remove(delivery);
  }

  private boolean isTold(EventReplayed replayed) throws InterruptedException {
    Event told = Event.first(replayed, "trigger", clock.instant(), null);
    return switch (publishing.publish(List.of(told))) {
      case Publishing.Outcome.Stopped _ -> false;
      case Publishing.Outcome.Persisted _ -> true;
    };
  }

  /**
   * @param event absent when it cannot be read
   * @return whether it is parked
   */
  boolean park(Delivery delivery, @Nullable Event event, String reason)
      throws InterruptedException {
    if (binding.eventType() == EventType.EVENT_PARKED) {
      // It is in the right stream already; parked again it would come back here for ever.
      LOG.error("ALERT {}: {} is not taken: {}", binding.name(), delivery.sequence(), reason);
      release(delivery, Integer.MAX_VALUE);
      return false;
    }
    boolean parked = parking.park(delivery, event, reason);
    inHand.remove(delivery);
    return parked;
  }

  private void release(Delivery delivery, int failures) {
    inHand.remove(delivery);
    delivery.release(config.release().after(failures));
    metrics.retried();
  }

  private void giveBack(Delivery delivery) {
    inHand.remove(delivery);
    delivery.giveBack();
  }
}
