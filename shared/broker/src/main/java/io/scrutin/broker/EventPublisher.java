package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Publishes events and knows when the broker has them. */
public final class EventPublisher {
  /** Past the 64 to 1000 that fill the broker's pipe, more only wait longer. */
  static final int MOST_IN_FLIGHT = 8_192;

  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** Made once for a connection: it reads the server's version, which took 4 % of all CPU. */
  private record Opened(Connection connection, JetStream streams) {}

  private final BrokerLink broker;
  private final String environment;
  private final EventCodec codec;
  private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
  private final Set<CompletableFuture<PublishAck>> unanswered = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Opened opened;

  public EventPublisher(BrokerLink broker, String environment, EventCodec codec) {
    this.broker = broker;
    this.environment = environment;
    this.codec = codec;
    broker.whenLost(this::giveUpUnanswered);
  }

  /**
   * Completes when the event is persisted, and with {@link BrokerRefused} when it may not be. Never
   * waits: when too many are in flight, or there is no connection, it fails at once. What hangs on
   * the result runs on the client's one reading thread and must not block it.
   */
  public CompletableFuture<Void> publish(Event event) {
    return publish(message(event));
  }

  /** The same for events of one type that {@linkplain EventType#comesTogether come together}. */
  public CompletableFuture<Void> publishTogether(List<Event> events) {
    if (events.size() == 1) {
      return publish(events.getFirst());
    }
    EventType type = events.getFirst().fact().type();
    if (!type.comesTogether()
        || events.size() > EventType.MOST_TOGETHER
        || events.stream().anyMatch(e -> e.fact().type() != type)) {
      throw new IllegalArgumentException("a message holds one event, or some of a type that may");
    }
    byte[] batch = codec.encodeBatch(events);
    return publish(NatsMessage.builder().subject(type.subject(environment)).data(batch).build());
  }

  private CompletableFuture<Void> publish(Message message) {
    if (!inFlight.tryAcquire()) {
      return CompletableFuture.failedFuture(
          new BrokerRefused(BrokerRefused.Why.AWAY, MOST_IN_FLIGHT + " events wait already"));
    }
    CompletableFuture<PublishAck> acknowledged = send(message);
    unanswered.add(acknowledged);
    CompletableFuture<Void> persisted = new CompletableFuture<>();
    acknowledged
        .orTimeout(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (_, failure) -> {
              unanswered.remove(acknowledged);
              inFlight.release();
              if (failure == null) {
                persisted.complete(null);
              } else {
                persisted.completeExceptionally(BrokerRefused.because(failure));
              }
            });
    return persisted;
  }

  private CompletableFuture<PublishAck> send(Message message) {
    try {
      Connection connection =
          broker
              .connection()
              .orElseThrow(
                  () -> new BrokerRefused(BrokerRefused.Why.AWAY, "there is no connection"));
      return streams(connection).publishAsync(message);
    } catch (BrokerRefused | IOException | IllegalStateException away) {
      return CompletableFuture.failedFuture(away);
    } catch (IllegalArgumentException impossible) {
      // It never left, and whoever offers it learns that at once; its place is for the next one.
      inFlight.release();
      throw impossible;
    }
  }

  private JetStream streams(Connection connection) throws IOException {
    Opened known = opened;
    if (known == null || known.connection() != connection) {
      known = new Opened(connection, connection.jetStream());
      opened = known;
    }
    return known.streams();
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

  /** Their answers went with the connection; waiting out the time limit would help nobody. */
  private void giveUpUnanswered() {
    BrokerRefused away = new BrokerRefused(BrokerRefused.Why.AWAY, "the connection broke");
    unanswered.forEach(acknowledged -> acknowledged.completeExceptionally(away));
  }
}
