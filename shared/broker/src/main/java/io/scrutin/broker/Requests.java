package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a function over the broker, which wakes it if it sleeps. */
public final class Requests {
  /** Of NATS services (ADR-32 of its architecture): there is no answer, and why. */
  public static final String NO_ANSWER = "Nats-Service-Error";

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
    byte[] message = codec.encode(question);
    Optional<Connection> connection = broker.connection();
    if (connection.isEmpty()) {
      return away("there is no connection");
    }
    String subject = question.fact().type().subject(environment);
    try {
      return connection
          .get()
          .requestWithTimeout(subject, message, patience)
          // The client looks for late ones only now and then.
          .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
          .handle(this::read);
    } catch (IllegalStateException lostMeanwhile) {
      return away("the connection broke");
    }
  }

  private static CompletableFuture<Event> away(String message) {
    return CompletableFuture.failedFuture(new BrokerRefused(BrokerRefused.Why.AWAY, message));
  }

  private static String whyNot(Message answer) {
    Headers headers = answer.getHeaders();
    String reason = headers == null ? null : headers.getFirst(NO_ANSWER);
    return "no answer: " + (reason == null ? "empty" : reason);
  }

  private Event read(@Nullable Message answer, @Nullable Throwable failure) {
    if (failure != null) {
      throw BrokerRefused.because(failure);
    }
    if (answer == null || answer.isStatusMessage()) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, "nobody is there to answer");
    }
    if (answer.getData().length == 0) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, whyNot(answer));
    }
    try {
      return codec.decode(answer.getData());
    } catch (MalformedEvent malformed) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, malformed);
    }
  }
}
