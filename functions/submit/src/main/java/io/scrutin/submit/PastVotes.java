package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.EventType;
import java.io.IOException;

/**
 * Tells whether audit has read all that was cast so far. Only then does "audit knows no such vote"
 * mean that there is none.
 */
final class PastVotes {
  private static final int CONSUMER_NOT_FOUND = 10014;

  /** The trigger's bindings bear these names, and so do their durables. */
  static final String AUDIT_CAST = "audit-cast";

  static final String AUDIT_PARKED = "audit-parked";

  private final BrokerLink broker;
  private final String environment;
  private long askedNanos;
  private boolean asked;
  private boolean allRead;

  PastVotes(BrokerLink broker, String environment) {
    this.broker = broker;
    this.environment = environment;
  }

  /**
   * Blocks for a question to the broker. A rush of late voters shares its answer, but nobody takes
   * one to a question that was put before they came: it may be older than their vote.
   */
  boolean areAllRead() throws IOException, JetStreamApiException {
    return areAllRead(System.nanoTime());
  }

  private synchronized boolean areAllRead(long cameNanos)
      throws IOException, JetStreamApiException {
    if (!asked || cameNanos - askedNanos > 0) {
      asked = false;
      askedNanos = System.nanoTime();
      allRead = ask();
      asked = true;
    }
    return allRead;
  }

  /** In this order: a cast that audit could not read is parked before it counts as read. */
  private boolean ask() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection().jetStreamManagement();
    return isRead(management, EventType.VOTE_CAST, AUDIT_CAST)
        && isRead(management, EventType.EVENT_PARKED, AUDIT_PARKED);
  }

  /** A durable that is not there has read nothing: the trigger is about to make it anew. */
  private boolean isRead(JetStreamManagement management, EventType type, String durable)
      throws IOException, JetStreamApiException {
    try {
      ConsumerInfo info = management.getConsumerInfo(type.stream().in(environment), durable);
      return type.subject(environment).equals(info.getConsumerConfiguration().getFilterSubject())
          && info.getNumPending() + info.getNumAckPending() == 0;
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return false;
      }
      throw failure;
    }
  }

  private Connection connection() {
    return broker
        .connection()
        .orElseThrow(() -> new BrokerRefused(BrokerRefused.Why.AWAY, "there is no connection"));
  }
}
