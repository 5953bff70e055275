package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.ContestFact;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the contests in memory as the stream tells of them, so that no vote waits for a database.
 *
 * <p>After each reconnection it reads the stream from its beginning again: contests are few, and a
 * broker that lost the tail of its stream would otherwise be read past what it writes next. What
 * was told of before stays known: a stream that lost it proves nothing.
 */
final class ContestView implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ContestView.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(250);

  private final BrokerLink broker;
  private final BrokerTime time;
  private final String stream;
  private final String subject;
  private final EventCodec codec;
  private final AtomicLong connections = new AtomicLong();
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final Thread reader;
  private volatile Contests contests = Contests.NONE;
  private volatile long readAs;
  private volatile boolean closed;

  ContestView(BrokerLink broker, BrokerTime time, String environment, EventCodec codec) {
    this.broker = broker;
    this.time = time;
    this.stream = StreamName.VOTES.in(environment);
    // One wildcard: servers before 2.10 know no list of filter subjects.
    this.subject = environment + ".voting.contest.*.v1";
    this.codec = codec;
    this.reader = Thread.ofVirtual().name("submit-contests").unstarted(this::follow);
  }

  void start() {
    broker.whenConnected(_ -> connections.incrementAndGet());
    reader.start();
  }

  /** Completes once the stream was read to its end for the first time. */
  CompletableFuture<Contests> whenLoaded() {
    return loaded.isDone()
        ? CompletableFuture.completedFuture(contests)
        : loaded.thenApply(_ -> contests);
  }

  /** Whether the stream was read to its end since the broker was last away. */
  boolean isCurrent() {
    return loaded.isDone() && readAs == connections.get() && broker.connection().isPresent();
  }

  private void follow() {
    boolean warned = false;
    while (!closed) {
      try {
        readFromStart(broker.await(PATIENCE));
        warned = false;
      } catch (BrokerRefused | IOException | JetStreamApiException | IllegalStateException away) {
        if (!warned) {
          LOG.warn("contests cannot be read yet: {}", away.getMessage());
          warned = true;
        }
        pause();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void readFromStart(Connection connection)
      throws IOException, JetStreamApiException, InterruptedException {
    long connectedAs = connections.get();
    // Another server may stamp now, and contests must not be known before their time is.
    time.read(connection, stream);
    long unread = messagesInStream(connection);
    Contests next = Contests.NONE;
    JetStreamSubscription subscription =
        connection
            .jetStream()
            .subscribe(
                subject, PushSubscribeOptions.builder().stream(stream).ordered(true).build());
    try {
      while (!closed && connections.get() == connectedAs) {
        if (unread <= 0) {
          contests = contests.and(next);
          readAs = connectedAs;
          loaded.complete(null);
        }
        if (time.isDue()) {
          time.read(connection, stream);
        }
        Message message = subscription.nextMessage(POLL);
        if (message != null) {
          next = after(next, message);
          unread--;
        }
      }
    } finally {
      if (subscription.isActive()) {
        subscription.unsubscribe();
      }
    }
  }

  private long messagesInStream(Connection connection) throws IOException, JetStreamApiException {
    return connection
        .jetStreamManagement()
        .getStreamInfo(stream, StreamInfoOptions.filterSubjects(subject))
        .getStreamState()
        .getSubjects()
        .stream()
        .mapToLong(Subject::getCount)
        .sum();
  }

  private Contests after(Contests before, Message message) {
    try {
      return codec.decode(message.getData()).fact() instanceof ContestFact fact
          ? before.after(fact)
          : before;
    } catch (MalformedEvent malformed) {
      LOG.error(
          "message {} of {} is no contest event and is passed over: {}",
          message.metaData().streamSequence(),
          stream,
          malformed.getMessage());
      return before;
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException stopped) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
  }
}
