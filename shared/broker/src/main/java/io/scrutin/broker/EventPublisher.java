package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes events and knows when the broker has them. */
public final class EventPublisher {
  /** Past the 64 to 1000 that fill the broker's pipe, more only wait longer. */
  private static final int MOST_IN_FLIGHT = 8_192;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** maximum messages, maximum bytes, insufficient storage, insufficient memory. */
  private static final Set<Integer> FULL_ERRORS = Set.of(10077, 10047, 10028, 10023);

  private final BrokerLink broker;
  private final String environment;
  private final EventCodec codec;
  private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);

  public EventPublisher(BrokerLink broker, String environment, EventCodec codec) {
    this.broker = broker;
    this.environment = environment;
    this.codec = codec;
  }

  /** Completes when the event is persisted, and with {@link BrokerRefused} when it may not be. */
  public CompletableFuture<Void> publish(Event event) {
    if (!inFlight.tryAcquire()) {
      return refused(
          new BrokerRefused(BrokerRefused.Why.AWAY, MOST_IN_FLIGHT + " events wait already"));
    }
    CompletableFuture<Void> published;
    try {
      Connection connection =
          broker
              .connection()
              .orElseThrow(
                  () -> new BrokerRefused(BrokerRefused.Why.AWAY, "there is no connection"));
      JetStream stream = connection.jetStream();
      published =
          stream
              .publishAsync(message(event))
              .orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
              .handle(EventPublisher::persisted);
    } catch (BrokerRefused away) {
      published = refused(away);
    } catch (IOException | IllegalStateException away) {
      published = refused(new BrokerRefused(BrokerRefused.Why.AWAY, away));
    }
    return published.whenComplete((_, _) -> inFlight.release());
  }

  private Message message(Event event) {
    EventType type = event.fact().type();
    NatsMessage.Builder message =
        NatsMessage.builder().subject(type.subject(environment)).data(codec.encode(event));
    // Only the cast: all later steps are idempotent, and ids cost the broker memory.
    if (type == EventType.VOTE_CAST) {
      message.headers(new Headers().add(NatsJetStreamConstants.MSG_ID_HDR, event.id()));
    }
    return message.build();
  }

  private static Void persisted(@Nullable Object acknowledgement, @Nullable Throwable failure) {
    if (failure != null) {
      throw refusal(failure);
    }
    return done();
  }

  @SuppressWarnings("NullAway") // Void has no other value.
  private static Void done() {
    return null;
  }

  private static BrokerRefused refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean full =
        cause instanceof JetStreamApiException api && FULL_ERRORS.contains(api.getApiErrorCode());
    return new BrokerRefused(full ? BrokerRefused.Why.FULL : BrokerRefused.Why.AWAY, cause);
  }

  private static CompletableFuture<Void> refused(BrokerRefused refusal) {
    return CompletableFuture.failedFuture(refusal);
  }
}
