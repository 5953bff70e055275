package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Asks a function over the broker, which wakes it if it sleeps. */
public final class Requests {
  private final BrokerLink broker;
  private final String environment;
  private final EventCodec codec;

  public Requests(BrokerLink broker, String environment, EventCodec codec) {
    this.broker = broker;
    this.environment = environment;
    this.codec = codec;
  }

  /** Fails with {@link BrokerRefused} when nobody answers in time: that is a later, never a no. */
  public CompletableFuture<Event> ask(Event question, Duration patience) {
    Optional<Connection> connection = broker.connection();
    if (connection.isEmpty()) {
      return CompletableFuture.failedFuture(
          new BrokerRefused(BrokerRefused.Why.AWAY, "there is no connection"));
    }
    String subject = question.fact().type().subject(environment);
    return connection
        .get()
        .requestWithTimeout(subject, codec.encode(question), patience)
        .handle(this::read);
  }

  private Event read(@Nullable Message answer, @Nullable Throwable failure) {
    if (failure != null || answer == null) {
      throw new BrokerRefused(
          BrokerRefused.Why.AWAY,
          failure == null ? new IllegalStateException("no answer") : failure);
    }
    if (answer.isStatusMessage() || answer.getData().length == 0) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, "nobody is there to answer");
    }
    try {
      return codec.decode(answer.getData());
    } catch (MalformedEvent malformed) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, malformed);
    }
  }
}
