package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A broker, real or simulated, and what a test says to it. */
abstract class OnBroker {
  /** What a test does with a broker. */
  interface Body {
    void run() throws Exception;
  }

  static final Duration ACK_WAIT = Duration.ofSeconds(1);
  static final String DURABLE = "reader";

  /** Where the broker's time passes. */
  abstract void with(Body body) throws Exception;

  abstract Connection connection();

  abstract String environment();

  /** Waits, in the broker's time. */
  abstract void until(BooleanSupplier isSo) throws InterruptedException;

  /** Leaves no room in the stream of casts for more than it holds. */
  abstract void fill() throws Exception;

  String stream() {
    return StreamName.CASTS.in(environment());
  }

  String subject() {
    return EventType.VOTE_CAST.subject(environment());
  }

  PublishAck publish(String body, @Nullable String id) throws Exception {
    NatsMessage.Builder message =
        NatsMessage.builder().subject(subject()).data(body.getBytes(StandardCharsets.UTF_8));
    if (id != null) {
      message.headers(new Headers().add("Nats-Msg-Id", id));
    }
    return connection().jetStream().publishAsync(message.build()).get();
  }

  void publish(int count) throws Exception {
    for (int i = 1; i <= count; i++) {
      publish("m" + i, null);
    }
  }

  ConsumerConfiguration.Builder durable() {
    return ConsumerConfiguration.builder()
        .durable(DURABLE)
        .filterSubject(subject())
        .ackPolicy(AckPolicy.Explicit)
        .ackWait(ACK_WAIT)
        .maxAckPending(100);
  }

  ConsumerInfo put(ConsumerConfiguration.Builder configuration) throws Exception {
    return connection().jetStreamManagement().addOrUpdateConsumer(stream(), configuration.build());
  }

  ConsumerInfo info() throws Exception {
    return connection().jetStreamManagement().getConsumerInfo(stream(), DURABLE);
  }

  /** One pull, as the trigger asks: what is there, or the first that comes in time. */
  final class Pulled {
    final List<Message> messages = new ArrayList<>();
    final List<Integer> statuses = new ArrayList<>();
    final Dispatcher dispatcher = connection().createDispatcher(this::receive);

    Pulled(int batch, Duration patience) {
      String inbox = connection().createInbox();
      dispatcher.subscribe(inbox + ".*");
      connection()
          .publish(
              "$JS.API.CONSUMER.MSG.NEXT." + stream() + "." + DURABLE,
              inbox + ".1",
              "{\"batch\":%d,\"no_wait\":true,\"expires\":%d}"
                  .formatted(batch, patience.toNanos())
                  .getBytes(StandardCharsets.US_ASCII));
    }

    synchronized void receive(Message message) {
      if (message.getStatus() == null) {
        messages.add(message);
      } else {
        statuses.add(message.getStatus().getCode());
      }
    }

    synchronized List<String> bodies() {
      return messages.stream().map(m -> new String(m.getData(), StandardCharsets.UTF_8)).toList();
    }

    Pulled awaiting(String... bodies) throws InterruptedException {
      until(() -> bodies().equals(List.of(bodies)));
      return this;
    }

    Pulled endingWith(int status) throws InterruptedException {
      until(() -> isToldAlone(status));
      return this;
    }

    synchronized boolean isToldAlone(int status) {
      return statuses.equals(List.of(status));
    }
  }

  Pulled pull(int batch) {
    return new Pulled(batch, Duration.ofSeconds(20));
  }

  boolean waits(int pulls) {
    return Objects.equals(lookedAt().getNumWaiting(), (long) pulls);
  }

  ConsumerInfo lookedAt() {
    try {
      return info();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
