package io.scrutin.trigger;

import io.nats.client.Message;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** A message of a stream in the trigger's hand, until it is acked or given back. */
final class Delivery {
  private final Message message;
  private final NatsJetStreamMetaData metaData;
  private final Incarnation incarnation;

  Delivery(Message message, Incarnation incarnation) {
    this.message = message;
    this.metaData = message.metaData();
    this.incarnation = incarnation;
  }

  /** With the broker's own stamp, whatever the event says of it. */
  Event event(EventCodec codec) throws MalformedEvent {
    Event event = codec.decode(message.getData());
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
    return message.getData();
  }

  String stream() {
    return metaData.getStream();
  }

  String subject() {
    return message.getSubject();
  }

  long sequence() {
    return metaData.streamSequence();
  }

  Instant stampedAt() {
    return metaData.timestamp().toInstant();
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
    if (incarnation.isOver()) {
      return;
    }
    try {
      word.accept(message);
    } catch (IllegalStateException disconnected) {
      // Unheard, it is handed out again after the ack wait: harmless.
    }
  }
}
