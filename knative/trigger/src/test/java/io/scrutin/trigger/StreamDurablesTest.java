package io.scrutin.trigger;

import static io.scrutin.trigger.TestTrigger.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.broker.BrokerLink;
import io.scrutin.event.StreamName;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is in hand of a durable that goes, and of one on a connection that nobody looked at yet. */
final class StreamDurablesTest extends OnBroker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final AtomicBoolean known = new AtomicBoolean(true);

  private StreamDurables durables(BrokerLink link) throws Exception {
    link.await(PATIENCE);
    StreamDurables durables =
        new StreamDurables(
            new StreamApi(link, StreamName.CASTS.in(nats.name())),
            Duration.ofSeconds(1),
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
}
