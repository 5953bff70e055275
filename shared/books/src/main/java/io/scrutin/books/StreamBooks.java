package io.scrutin.books;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import io.nats.client.StreamContext;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.StreamState;
import io.nats.client.api.Subject;
import io.scrutin.books.BrokerPosition.Place;
import io.scrutin.books.BrokerPosition.Purge;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What the broker keeps: the events, and how far each durable is. */
final class StreamBooks {
  private static final int CONSUMER_NOT_FOUND = 10014;

  /** A rewind deletes a durable and makes it again: that takes less. */
  private static final Duration MAKING_ANEW = Duration.ofSeconds(1);

  /** Between two messages of which the later is known to be there. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

  /** By the broker, should this process not come to the end. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  private static final int MESSAGES_AHEAD = 5_000;

  /** Takes one message. */
  interface Reader {
    void read(long sequence, Instant stampedAt, byte[] event) throws SQLException, IOException;
  }

  private final Connection connection;
  private final JetStreamManagement management;
  private final String environment;

  StreamBooks(Connection connection, String environment) throws IOException {
    this.connection = connection;
    this.management = connection.jetStreamManagement();
    this.environment = environment;
  }

  BrokerPosition position() throws IOException, JetStreamApiException, InterruptedException {
    Map<Durable, Place> places = new EnumMap<>(Durable.class);
    for (Durable durable : Durable.values()) {
      Optional<ConsumerInfo> info = info(durable);
      if (info.isEmpty()) {
        Thread.sleep(MAKING_ANEW);
        info = info(durable);
      }
      info.ifPresent(known -> places.put(durable, place(known)));
    }
    return new BrokerPosition(places);
  }

  private Optional<ConsumerInfo> info(Durable durable) throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getConsumerInfo(stream(durable.type()), durable.binding()));
    } catch (JetStreamApiException refusal) {
      if (refusal.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private static Place place(ConsumerInfo info) {
    return new Place(
        info.getAckFloor().getStreamSequence(),
        info.getDelivered().getStreamSequence(),
        info.getNumPending() + info.getNumAckPending());
  }

  Purge purge(EventType type) throws IOException, JetStreamApiException {
    StreamInfo info = management.getStreamInfo(stream(type));
    Instant createdAt = info.getCreateTime().toInstant();
    StreamState state = info.getStreamState();
    if (state.getFirstSequence() <= 1) {
      return new Purge(0, Instant.MIN, state.getLastSequence(), createdAt);
    }
    Instant before = state.getMsgCount() == 0 ? Instant.MAX : state.getFirstTime().toInstant();
    return new Purge(state.getFirstSequence() - 1, before, state.getLastSequence(), createdAt);
  }

  /** All events of a type after that sequence, up to the last that is there now. */
  void read(EventType type, long after, Reader reader)
      throws IOException, JetStreamApiException, InterruptedException, SQLException {
    String subject = type.subject(environment);
    ConsumerConfiguration from = from(after).filterSubject(subject).build();
    read(stream(type), from, subject, Long.MAX_VALUE, reader);
  }

  /**
   * All events of a type that an older version left in another stream. That stream no longer has
   * their subject, and 2.9 lets no reader ask for it: so all is read, up to the last of them.
   */
  void readLeft(StreamName former, EventType type, Reader reader)
      throws IOException, JetStreamApiException, InterruptedException, SQLException {
    String subject = type.subject(environment);
    StreamInfoOptions counted = StreamInfoOptions.filterSubjects(subject);
    StreamState state = management.getStreamInfo(former.in(environment), counted).getStreamState();
    long left = state.getSubjects().stream().mapToLong(Subject::getCount).sum();
    if (left > 0) {
      read(former.in(environment), from(0).build(), subject, left, reader);
    }
  }

  /**
   * @param most of the subject; the rest of the stream is left unread
   */
  private void read(
      String name, ConsumerConfiguration from, String subject, long most, Reader reader)
      throws IOException, JetStreamApiException, InterruptedException, SQLException {
    StreamContext stream = connection.getStreamContext(name);
    ConsumerContext consumer = stream.createOrUpdateConsumer(from);
    long left = most;
    // Counted by the broker as it made the consumer. Not asked for the last message of the subject:
    // where that one was deleted, 2.9 says that there is none at all.
    long expected = consumer.getCachedConsumerInfo().getNumPending();
    ConsumeOptions ahead = ConsumeOptions.builder().batchSize(MESSAGES_AHEAD).build();
    try (IterableConsumer messages = consumer.iterate(ahead)) {
      for (long read = 1; left > 0 && read <= expected; read++) {
        Message message = messages.nextMessage(LONGEST_SILENCE);
        // Without acks nothing comes twice: what went with a connection would be missed.
        if (message == null || message.metaData().consumerSequence() != read) {
          throw new IOException("the broker stopped in the middle of " + name);
        }
        if (message.getSubject().equals(subject)) {
          left--;
          Instant stampedAt = message.metaData().timestamp().toInstant();
          reader.read(message.metaData().streamSequence(), stampedAt, message.getData());
        }
      }
      stream.deleteConsumer(consumer.getConsumerName());
    } catch (JetStreamStatusCheckedException ended) {
      throw new IOException(ended);
    } catch (IOException | RuntimeException | SQLException | InterruptedException failure) {
      throw failure;
    } catch (Exception closing) {
      throw new IOException(closing);
    }
  }

  private static ConsumerConfiguration.Builder from(long after) {
    return ConsumerConfiguration.builder()
        .deliverPolicy(DeliverPolicy.ByStartSequence)
        .startSequence(after + 1)
        .ackPolicy(AckPolicy.None)
        .memStorage(true)
        .inactiveThreshold(FORGOTTEN_AFTER);
  }

  private String stream(EventType type) {
    return type.stream().in(environment);
  }
}
