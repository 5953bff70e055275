package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.publish;
import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.BrokerLink;
import io.scrutin.event.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is in hand of a durable that goes, and of one on a connection that nobody looked at yet. */
final class StreamDurablesTest extends OnBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicBoolean known = new AtomicBoolean(true);

  private StreamDurables durables(BrokerLink link) throws Exception {
    return durables(link, Duration.ofSeconds(1));
  }

  private StreamDurables durables(BrokerLink link, Duration syncInterval) throws Exception {
    link.await(PATIENCE);
    StreamDurables durables =
        new StreamDurables(
            new StreamApi(link, StreamName.CASTS.in(nats.name())),
            syncInterval,
            Clock.systemUTC(),
            known::get);
    durables.settle(durables.look(), Optional.empty());
    return durables;
  }

  private DurableShape shape() {
    return DurableShape.of(verify(), nats.name(), PATIENCE);
  }

  private void delete() throws Exception {
    nats.connection()
        .jetStreamManagement()
        .deleteConsumer(StreamName.CASTS.in(nats.name()), shape().name());
  }

  /**
   * A trigger that rewinds may crash between deleting and making anew. Another that looked just
   * then did not end what it had in hand, and its late ack was taken for one of a new event, which
   * had the same sequence and was lost (a simulated election found it).
   */
  @Test
  void endsWhatIsInHandWhenTheDurableIsMissing() throws Exception {
    try (BrokerLink link = BrokerLink.open(nats.url(), "test")) {
      StreamDurables durables = durables(link);
      Incarnation inHand = durables.ready(shape());
      delete();
      durables.settle(durables.look(), Optional.empty());
      assertThat(inHand.isOver()).isTrue();
      assertThat(durables.ready(shape()).isSilent()).isFalse();
    }
  }

  @Test
  void goesOnWithADurableThatStaysTheSame() throws Exception {
    try (BrokerLink link = BrokerLink.open(nats.url(), "test")) {
      StreamDurables durables = durables(link);
      Incarnation inHand = durables.ready(shape());
      durables.settle(durables.look(), Optional.empty());
      assertThat(inHand.isSilent()).isFalse();
      assertThat(durables.ready(shape())).isSameAs(inHand);
    }
  }

  /** Another trigger may be back sooner, and have rewound what this one still has in hand. */
  @Test
  void saysNothingOnAConnectionOnWhichNobodyLooked() throws Exception {
    try (BrokerLink link = BrokerLink.open(nats.url(), "test")) {
      Incarnation inHand = durables(link).ready(shape());
      known.set(false);
      assertThat(inHand.isSilent()).isTrue();
      assertThat(inHand.isOver()).isFalse();
    }
  }

  /**
   * Its binding may be held up in a call for long, and has not taken up the new one yet. A floor of
   * the old one would be where the new one starts again after the next restart, past casts that it
   * has still to read.
   */
  @Test
  void writesNoFloorOfADurableThatIsGoneIntoTheOneThatAnotherTriggerMade() throws Exception {
    try (BrokerLink link = BrokerLink.open(nats.url(), "test");
        BrokerLink other = BrokerLink.open(nats.url(), "other")) {
      StreamDurables durables = durables(link, Duration.ZERO);
      durables.ready(shape());
      publish(nats, casts(0, 5));
      ackAll();
      durables.checkpoint(shape().name());
      assertThat(floor()).isPresent();
      delete();
      durables(other, Duration.ofHours(1)).ready(shape());
      assertThat(floor()).isEmpty();
      durables.settle(durables.look(), Optional.empty());
      durables.checkpoint(shape().name());
      assertThat(floor()).isEmpty();
    }
  }

  private void ackAll() throws Exception {
    JetStreamSubscription subscription =
        nats.connection()
            .jetStream()
            .subscribe(
                null, PullSubscribeOptions.bind(StreamName.CASTS.in(nats.name()), shape().name()));
    for (Message message : subscription.fetch(5, PATIENCE)) {
      message.ackSync(PATIENCE);
    }
    subscription.unsubscribe();
  }

  private Optional<Instant> floor() throws Exception {
    ConsumerInfo info =
        nats.connection()
            .jetStreamManagement()
            .getConsumerInfo(StreamName.CASTS.in(nats.name()), shape().name());
    return Checkpoint.parse(info.getConsumerConfiguration().getDescription())
        .map(Checkpoint::floor);
  }
}
