package io.scrutin.trigger;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.ParkedPlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message of a stream in the trigger's hand, until it is acked or given back. */
final class Delivery {
  private final Message message;
  private final NatsJetStreamMetaData metaData;
  private final Incarnation incarnation;
  private final Original original;
  private final @Nullable ParkedPlace replayed;

  Delivery(Message message, Incarnation incarnation) {
    this.message = message;
    this.metaData = message.metaData();
    this.incarnation = incarnation;
    this.original =
        new Original(
            metaData.getStream(),
            metaData.streamSequence(),
            message.getSubject(),
            metaData.timestamp().toInstant(),
            message.getData());
    this.replayed = null;
  }

  /** The original comes again because it was ordered, and what is acked or put off is the order. */
  Delivery(Delivery order, Original original, ParkedPlace place) {
    this.message = order.message;
    this.metaData = order.metaData;
    this.incarnation = order.incarnation;
    this.original = original;
    this.replayed = place;
  }

  /** With the broker's own stamp, whatever the events say of it. */
  List<Event> events(EventCodec codec) throws MalformedEvent {
    return codec.decodeMessage(original.body()).stream().map(this::stamped).toList();
  }

  private Event stamped(Event event) {
    return new Event(
        event.id(),
        event.source(),
        event.time(),
        event.causationId(),
        event.traceparent(),
        stampedAt(),
        event.fact());
  }

  byte[] body() {
    return original.body();
  }

  String stream() {
    return original.stream();
  }

  String subject() {
    return original.subject();
  }

  long sequence() {
    return original.sequence();
  }

  Instant stampedAt() {
    return original.stampedAt();
  }

  /** Where it had been parked, if it comes again because somebody ordered it. */
  Optional<ParkedPlace> replayed() {
    return Optional.ofNullable(replayed);
  }

  /** How many of the durable's messages are behind this one. */
  long pending() {
    return metaData.pendingCount();
  }

  /** How often it was handed out before this time. */
  int earlierDeliveries() {
    return Math.toIntExact(Math.clamp(metaData.deliveredCount() - 1, 0, Integer.MAX_VALUE));
  }

  void ack() {
    say(Message::ack);
  }

  /** Another trigger may have it at once. */
  void giveBack() {
    say(Message::nak);
  }

  void release(Duration delay) {
    say(held -> held.nakWithDelay(delay));
  }

  void stillInHand() {
    say(Message::inProgress);
  }

  private void say(Consumer<Message> word) {
    if (incarnation.isSilent()) {
      // Handed out again after the ack wait: harmless.
      return;
    }
    try {
      word.accept(message);
    } catch (IllegalStateException disconnected) {
      // Unheard, it is handed out again after the ack wait: harmless.
    }
  }
}
