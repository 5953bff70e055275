package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.time.Duration;

/**
 * Tells whether all that was cast so far has been read by everybody who reads casts. Only then does
 * "audit knows no such vote" mean that there is none.
 */
final class PastVotes {
  private static final Duration VALID_FOR = Duration.ofSeconds(1);

  private final BrokerLink broker;
  private final String stream;
  private final String subject;
  private long checkedNanos = System.nanoTime() - VALID_FOR.toNanos();
  private boolean allRead;

  PastVotes(BrokerLink broker, String environment) {
    this.broker = broker;
    this.stream = StreamName.CASTS.in(environment);
    this.subject = EventType.VOTE_CAST.subject(environment);
  }

  /** Blocks for one question to the broker; a rush of late voters shares its answer. */
  synchronized boolean areAllRead() throws IOException, JetStreamApiException {
    long now = System.nanoTime();
    if (now - checkedNanos >= VALID_FOR.toNanos()) {
      allRead =
          connection().jetStreamManagement().getConsumers(stream).stream()
              .filter(consumer -> subject.equals(filter(consumer)))
              .allMatch(consumer -> consumer.getNumPending() + consumer.getNumAckPending() == 0);
      checkedNanos = now;
    }
    return allRead;
  }

  private Connection connection() {
    return broker
        .connection()
        .orElseThrow(() -> new BrokerRefused(BrokerRefused.Why.AWAY, "there is no connection"));
  }

  private static String filter(ConsumerInfo consumer) {
    return String.valueOf(consumer.getConsumerConfiguration().getFilterSubject());
  }
}
