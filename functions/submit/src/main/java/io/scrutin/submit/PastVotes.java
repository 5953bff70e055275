package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.Unread;
import io.scrutin.event.EventType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether audit has read all that was cast before an end. Only then does "audit knows no such
 * vote" mean that none came in time.
 *
 * <p>Not all that was cast by now: as long as another contest has voters there is always a cast in
 * audit's hand, and whoever came late to this one would be put off until that one ends.
 */
final class PastVotes {
  private static final int CONSUMER_NOT_FOUND = 10014;

  /** The trigger's bindings bear these names, and so do their durables. */
  static final String AUDIT_CAST = "audit-cast";

  static final String AUDIT_PARKED = "audit-parked";

  /** More than the clocks of brokers differ by: no later cast is stamped before. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /**
   * What audit has read it knows, also while it reads it once more because the broker was started
   * again, and late voters need not wait for that. Not for good: Postgres may be put back to an
   * earlier moment, which takes longer.
   */
  private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

  private record Known(Instant readUntil, long askedNanos) {
    boolean covers(Instant end, long nanos) {
      return nanos - askedNanos < KNOWN_FOR.toNanos() && !readUntil.minus(MARGIN).isBefore(end);
    }
  }

  private final BrokerLink broker;
  private final String environment;
  private final InstantSource time;
  private long askedNanos;
  private boolean asked;
  private Instant readUntil = Instant.MIN;
  private volatile @Nullable Known known;

  PastVotes(BrokerLink broker, String environment, InstantSource time) {
    this.broker = broker;
    this.environment = environment;
    this.time = time;
  }

  /**
   * Blocks for a question to the broker. A rush of late voters shares its answer, but nobody takes
   * one to a question that was put before they came: it may be older than their vote.
   */
  boolean areAllRead(Instant end) throws IOException, JetStreamApiException {
    long nanos = System.nanoTime();
    Known before = known;
    if (before != null && before.covers(end, nanos)) {
      return true;
    }
    return !readUntil(nanos).isBefore(end);
  }

  private synchronized Instant readUntil(long cameNanos) throws IOException, JetStreamApiException {
    if (!asked || cameNanos - askedNanos > 0) {
      asked = false;
      askedNanos = System.nanoTime();
      Instant now = time.instant();
      readUntil = ask();
      asked = true;
      if (readUntil.isAfter(Instant.MIN)) {
        known = new Known(readUntil.isBefore(now) ? readUntil : now, askedNanos);
      }
    }
    return readUntil;
  }

  /** In this order: a cast that audit could not read is parked before it counts as read. */
  private Instant ask() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection().jetStreamManagement();
    Instant casts = readUntil(management, EventType.VOTE_CAST, AUDIT_CAST);
    Instant parked = readUntil(management, EventType.EVENT_PARKED, AUDIT_PARKED);
    return parked.equals(Instant.MAX) ? casts : Instant.MIN;
  }

  /**
   * The stamp of the first that is unread. A durable that is not there has read nothing: the
   * trigger is about to make it anew.
   */
  private Instant readUntil(JetStreamManagement management, EventType type, String durable)
      throws IOException, JetStreamApiException {
    String stream = type.stream().in(environment);
    try {
      ConsumerInfo info = management.getConsumerInfo(stream, durable);
      if (!type.subject(environment).equals(info.getConsumerConfiguration().getFilterSubject())) {
        return Instant.MIN;
      }
      return Unread.first(management, stream, info)
          .map(message -> message.getTime().toInstant())
          .orElse(Instant.MAX);
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return Instant.MIN;
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
