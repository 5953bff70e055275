package io.scrutin.parked;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventParked;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.event.StreamName;
import io.scrutin.parked.FollowParked.Told;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The broker's stream of parked events: read, and given orders. */
final class ParkedStream implements AutoCloseable {
  private static final int MESSAGE_NOT_FOUND = 10037;
  private static final int STREAM_NOT_FOUND = 10059;
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  /** So many are no single fault any more; the newest are left out, and it is said. */
  static final int MOST = 200_000;

  private final BrokerLink link;
  private final String environment;
  private final EventCodec codec = new EventCodec();

  private ParkedStream(BrokerLink link, String environment) {
    this.link = link;
    this.environment = environment;
  }

  static ParkedStream open(String url, String environment) {
    return new ParkedStream(BrokerLink.open(url, "parked"), environment);
  }

  /** What is no event of ours is passed over: reconcile counts it. */
  List<Told> read() throws IOException, JetStreamApiException, InterruptedException {
    StreamContext stream = connection().getStreamContext(name());
    ConsumerContext consumer =
        stream.createOrUpdateConsumer(
            ConsumerConfiguration.builder()
                .deliverPolicy(DeliverPolicy.All)
                .ackPolicy(AckPolicy.None)
                .memStorage(true)
                .inactiveThreshold(FORGOTTEN_AFTER)
                .build());
    long expected = Math.min(MOST, consumer.getCachedConsumerInfo().getNumPending());
    List<Told> told = new ArrayList<>();
    try (IterableConsumer messages = consumer.iterate()) {
      for (long read = 0; read < expected; read++) {
        Message message = messages.nextMessage(LONGEST_SILENCE);
        if (message == null) {
          throw new IOException("the broker stopped in the middle of " + name());
        }
        Instant at = message.metaData().timestamp().toInstant();
        decoded(message.getData())
            .map(event -> new Told(message.metaData().streamSequence(), at, event.fact()))
            .ifPresent(told::add);
      }
      stream.deleteConsumer(consumer.getConsumerName());
      return told;
    } catch (IOException
        | JetStreamApiException
        | InterruptedException
        | RuntimeException failure) {
      throw failure;
    } catch (Exception ended) {
      throw new IOException(ended);
    }
  }

  /** With its message, which a list does without. */
  Optional<EventParked> parkedAt(long sequence) throws IOException, JetStreamApiException {
    return message(name(), sequence)
        .flatMap(kept -> decoded(kept.getData()))
        .map(Event::fact)
        .filter(EventParked.class::isInstance)
        .map(EventParked.class::cast);
  }

  /** Whether the broker still has the very message that was parked. */
  boolean hasOriginal(ParkedPlace place) throws IOException, JetStreamApiException {
    return message(place.stream(), place.sequence())
        .filter(kept -> kept.getTime().toInstant().equals(place.stampedAt()))
        .isPresent();
  }

  /** Returns when the broker has the order. */
  void order(ParkedPlace place) throws IOException, InterruptedException {
    connection();
    Event order = Event.first(new ReplayOrdered(place), "parked", Instant.now(), null);
    try {
      new EventPublisher(link, environment, codec).publish(order).get();
    } catch (ExecutionException refused) {
      throw new IOException("the broker took no order", refused.getCause());
    }
  }

  private Optional<Event> decoded(byte[] bytes) {
    try {
      return Optional.of(codec.decode(bytes));
    } catch (MalformedEvent unreadable) {
      return Optional.empty();
    }
  }

  private Optional<MessageInfo> message(String stream, long sequence)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(
          link.connection()
              .orElseThrow(() -> new IOException("the broker is away"))
              .jetStreamManagement()
              .getMessage(stream, sequence));
    } catch (JetStreamApiException refused) {
      if (refused.getApiErrorCode() == MESSAGE_NOT_FOUND
          || refused.getApiErrorCode() == STREAM_NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  private Connection connection() throws InterruptedException {
    return link.await(CONNECTING);
  }

  private String name() {
    return StreamName.PARKED.in(environment);
  }

  @Override
  public void close() {
    try {
      link.close();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
