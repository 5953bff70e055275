package io.scrutin.trigger;

import io.scrutin.broker.EventPublisher;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.VoteFact;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what a binding cannot get through aside, for a person. */
final class Parking {
  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);
  private static final int MAX_REASON = 200;

  private final String binding;
  private final EventPublisher publisher;
  private final Clock clock;
  private final Duration retry;
  private final BindingMetrics metrics;

  /**
   * @param retry after which an event that could not be parked comes again
   */
  Parking(
      String binding,
      EventPublisher publisher,
      Clock clock,
      Duration retry,
      BindingMetrics metrics) {
    this.binding = binding;
    this.publisher = publisher;
    this.clock = clock;
    this.retry = retry;
    this.metrics = metrics;
  }

  /**
   * Whether it is parked, and then acked.
   *
   * @param event absent when it cannot be read
   */
  boolean park(Delivery delivery, @Nullable Event event, String reason)
      throws InterruptedException {
    EventParked parked = parked(delivery, event, reason);
    String traceparent = event == null ? null : event.traceparent();
    try {
      publisher.publish(Event.first(parked, "trigger", clock.instant(), traceparent)).get();
    } catch (ExecutionException failure) {
      LOG.error(
          "{}: {} {} could not be parked: {}",
          binding,
          delivery.stream(),
          delivery.sequence(),
          String.valueOf(failure.getCause()));
      delivery.release(retry);
      return false;
    }
    delivery.ack();
    metrics.parked();
    LOG.error(
        "ALERT {}: {} {} is parked: {}",
        binding,
        delivery.stream(),
        delivery.sequence(),
        parked.reason());
    return true;
  }

  private EventParked parked(Delivery delivery, @Nullable Event event, String reason) {
    VoteFact vote = event != null && event.fact() instanceof VoteFact fact ? fact : null;
    byte[] body = delivery.body();
    return new EventParked(
        binding,
        delivery.stream(),
        delivery.sequence(),
        delivery.subject(),
        delivery.stampedAt(),
        shortened(reason),
        vote == null ? null : vote.voteId(),
        vote == null ? null : vote.lawId(),
        body.length > EventParked.MAX_MESSAGE_BYTES ? null : Bytes.of(body));
  }

  private static String shortened(String reason) {
    if (reason.isBlank()) {
      return "no reason given";
    }
    return reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
  }
}
