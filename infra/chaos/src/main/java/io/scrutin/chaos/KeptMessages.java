package io.scrutin.chaos;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.ballot.BallotOpener;
import io.scrutin.ballot.Opening;
import io.scrutin.broker.BrokerLink;
import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.Evidence.Parked;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the broker keeps. */
final class KeptMessages implements AutoCloseable {
  private static final List<StreamName> READ =
      List.of(StreamName.CASTS, StreamName.VOTES, StreamName.PARKED);

  private static final int NO_MESSAGE = 10037;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BrokerLink link;
  private final String environment;

  KeptMessages(String url, String environment) {
    this.link = BrokerLink.open(url, "chaos");
    this.environment = environment;
  }

  Connection connection() throws InterruptedException {
    return link.await(PATIENCE);
  }

  private JetStreamManagement management() throws IOException, InterruptedException {
    return connection().jetStreamManagement();
  }

  String stream(StreamName name) {
    return name.in(environment);
  }

  String subject(EventType type) {
    return type.subject(environment);
  }

  /** Nothing when that place is empty. */
  Optional<byte[]> message(String stream, long sequence)
      throws IOException, JetStreamApiException, InterruptedException {
    try {
      return Optional.ofNullable(management().getMessage(stream, sequence).getData());
    } catch (JetStreamApiException refusal) {
      if (refusal.getApiErrorCode() == NO_MESSAGE) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  /** What bindings gave up; twice, if they were rewound. */
  List<Parked> parked() throws IOException, JetStreamApiException, InterruptedException {
    List<Parked> parked = new ArrayList<>();
    read(
        StreamName.PARKED,
        (message, event) -> {
          if (event.fact() instanceof EventParked fact) {
            parked.add(new Parked(fact.binding(), fact.stream(), fact.sequence()));
          }
        });
    return parked;
  }

  /** All durables, for as long as nobody makes them anew. */
  void setAckWait(Duration ackWait)
      throws IOException, JetStreamApiException, InterruptedException {
    for (StreamName stream : READ) {
      for (ConsumerInfo info : management().getConsumers(stream(stream))) {
        if (info.getConsumerConfiguration().getDurable() != null) {
          management()
              .addOrUpdateConsumer(
                  stream(stream),
                  ConsumerConfiguration.builder(info.getConsumerConfiguration())
                      .ackWait(ackWait)
                      .build());
        }
      }
    }
  }

  /** Messages that some durable has not passed. */
  long pending() throws IOException, JetStreamApiException, InterruptedException {
    long pending = 0;
    for (StreamName stream : READ) {
      for (ConsumerInfo info : management().getConsumers(stream(stream))) {
        if (info.getConsumerConfiguration().getDurable() != null) {
          pending += info.getNumPending() + info.getNumAckPending();
        }
      }
    }
    return pending;
  }

  private interface Reader {
    void read(Message message, Event event);
  }

  /** Without what nobody can read: that is poison. */
  private void read(StreamName stream, Reader reader)
      throws IOException, JetStreamApiException, InterruptedException {
    long messages = management().getStreamInfo(stream(stream)).getStreamState().getMsgCount();
    JetStreamSubscription subscription =
        connection()
            .jetStream()
            .subscribe(
                ">", PushSubscribeOptions.builder().stream(stream(stream)).ordered(true).build());
    for (long i = 0; i < messages; i++) {
      Message message = subscription.nextMessage(PATIENCE);
      if (message == null) {
        throw new IOException(stream + " ends before its end");
      }
      readable(message).ifPresent(event -> reader.read(message, event));
    }
    subscription.unsubscribe();
  }

  private static Optional<Event> readable(Message message) {
    try {
      return Optional.of(new EventCodec().decode(message.getData()));
    } catch (MalformedEvent poison) {
      return Optional.empty();
    }
  }

  List<Cast> casts(BallotOpener opener)
      throws IOException, JetStreamApiException, InterruptedException {
    List<Cast> casts = new ArrayList<>();
    read(
        StreamName.CASTS,
        (message, event) -> {
          if (event.fact() instanceof VoteCast cast) {
            Instant stampedAt = message.metaData().timestamp().toInstant();
            casts.add(
                new Cast(cast.voteId().toString(), cast.lawId(), stampedAt, choice(cast, opener)));
          }
        });
    return casts;
  }

  private static String choice(VoteCast cast, BallotOpener opener) {
    if (!opener.keyIds().contains(cast.sealed().keyId())) {
      return "";
    }
    return switch (opener.open(cast.lawId(), cast.voteId(), cast.sealed())) {
      case Opening.Opened opened -> opened.choiceId();
      case Opening.Unopenable _ -> "";
    };
  }

  @Override
  public void close() throws InterruptedException {
    link.close();
  }
}
