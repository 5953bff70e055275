package io.scrutin.chaos;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.ballot.BallotOpener;
import io.scrutin.ballot.Opening;
import io.scrutin.broker.BrokerLink;
import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.StreamName;
import io.scrutin.event.VoteCast;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the broker keeps. */
final class KeptMessages implements AutoCloseable {
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

  private long messages(StreamName stream)
      throws IOException, JetStreamApiException, InterruptedException {
    return management().getStreamInfo(stream(stream)).getStreamState().getMsgCount();
  }

  long parked() throws IOException, JetStreamApiException, InterruptedException {
    return messages(StreamName.PARKED);
  }

  /** Messages that some durable has not passed. */
  long pending() throws IOException, JetStreamApiException, InterruptedException {
    long pending = 0;
    for (StreamName stream : List.of(StreamName.CASTS, StreamName.VOTES, StreamName.PARKED)) {
      for (ConsumerInfo info : management().getConsumers(stream(stream))) {
        if (info.getConsumerConfiguration().getDurable() != null) {
          pending += info.getNumPending() + info.getNumAckPending();
        }
      }
    }
    return pending;
  }

  /** Without what is no cast: that is poison. */
  List<Cast> casts(BallotOpener opener)
      throws IOException, JetStreamApiException, InterruptedException {
    List<Cast> casts = new ArrayList<>();
    long messages = messages(StreamName.CASTS);
    JetStreamSubscription subscription =
        connection()
            .jetStream()
            .subscribe(
                ">",
                PushSubscribeOptions.builder().stream(stream(StreamName.CASTS))
                    .ordered(true)
                    .build());
    for (long i = 0; i < messages; i++) {
      Message message = subscription.nextMessage(PATIENCE);
      if (message == null) {
        throw new IOException("the stream of casts ends before its end");
      }
      cast(message, opener).ifPresent(casts::add);
    }
    subscription.unsubscribe();
    return casts;
  }

  private static Optional<Cast> cast(Message message, BallotOpener opener) {
    try {
      Event event = new EventCodec().decode(message.getData());
      if (event.fact() instanceof VoteCast cast) {
        return Optional.of(
            new Cast(
                cast.voteId().toString(),
                cast.lawId(),
                message.metaData().timestamp().toInstant(),
                choice(cast, opener)));
      }
      return Optional.empty();
    } catch (MalformedEvent poison) {
      return Optional.empty();
    }
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
