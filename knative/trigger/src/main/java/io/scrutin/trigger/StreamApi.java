package io.scrutin.trigger;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamState;
import io.scrutin.broker.BrokerLink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the trigger asks the broker about one stream and its durables. */
final class StreamApi {
  private static final int CONSUMER_NOT_FOUND = 10014;
  private static final int MESSAGE_NOT_FOUND = 10037;

  /** Long enough to be read, then the server removes it by itself. */
  private static final Duration PROBE_LIFE = Duration.ofSeconds(5);

  private final BrokerLink broker;
  private final String stream;

  StreamApi(BrokerLink broker, String stream) {
    this.broker = broker;
    this.stream = stream;
  }

  String stream() {
    return stream;
  }

  /**
   * Which server's stream this is. In a cluster a reconnection may end at any of its members, so
   * there the cluster stands for all of them, and a loss shows in the stream's tail.
   */
  String server() throws IOException {
    var info =
        broker
            .connection()
            .orElseThrow(() -> new IOException("the broker is away"))
            .getServerInfo();
    return info.getCluster() == null ? info.getServerId() : "cluster:" + info.getCluster();
  }

  StreamState state() throws IOException, JetStreamApiException {
    return management().getStreamInfo(stream).getStreamState();
  }

  Optional<ConsumerInfo> find(String durable) throws IOException, JetStreamApiException {
    try {
      return Optional.of(management().getConsumerInfo(stream, durable));
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  List<ConsumerInfo> all() throws IOException, JetStreamApiException {
    return management().getConsumers(stream);
  }

  ConsumerInfo put(ConsumerConfiguration configuration) throws IOException, JetStreamApiException {
    return management().addOrUpdateConsumer(stream, configuration);
  }

  void delete(String durable) throws IOException, JetStreamApiException {
    try {
      management().deleteConsumer(stream, durable);
    } catch (JetStreamApiException failure) {
      // A failure to remove its files leaves no durable either.
      if (find(durable).isPresent()) {
        throw failure;
      }
    }
  }

  /**
   * When two triggers make one durable anew at the same time, a server of 2.9 may remove the files
   * of the new one with those of the old. It goes on in memory, and would be gone after a restart.
   */
  static boolean isWithoutFiles(JetStreamApiException refused) {
    return String.valueOf(refused.getErrorDescription()).contains("no such file or directory");
  }

  /** Nothing for what is not there any more, or never was: sequences begin with 1. */
  @Nullable Instant stamp(long sequence) throws IOException, JetStreamApiException {
    return sequence < 1 ? null : stampOf(() -> management().getMessage(stream, sequence));
  }

  /** The stamp of the first message of the subject from this sequence on. */
  @Nullable Instant nextStamp(long sequence, String subject)
      throws IOException, JetStreamApiException {
    return stampOf(() -> management().getNextMessage(stream, sequence, subject));
  }

  /** Nothing for what is not there any more, or never was. */
  Optional<Original> read(long sequence) throws IOException, JetStreamApiException {
    try {
      MessageInfo kept = management().getMessage(stream, sequence);
      byte[] body = Objects.requireNonNullElse(kept.getData(), new byte[0]);
      Instant stampedAt = kept.getTime().toInstant();
      return Optional.of(
          new Original(stream, sequence, String.valueOf(kept.getSubject()), stampedAt, body));
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == MESSAGE_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private interface Reading {
    MessageInfo read() throws IOException, JetStreamApiException;
  }

  private static @Nullable Instant stampOf(Reading reading)
      throws IOException, JetStreamApiException {
    try {
      return reading.read().getTime().toInstant();
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == MESSAGE_NOT_FOUND) {
        return null;
      }
      throw failure;
    }
  }

  /**
   * The sequence of the first message stamped then or later, found by a consumer that is never
   * read. The durable itself does not start by time: a server of 2.9 refuses every later change to
   * one that did, and with it the checkpoints.
   */
  long firstSequenceSince(Instant stamp) throws IOException, JetStreamApiException {
    ConsumerInfo probe =
        management()
            .createConsumer(
                stream,
                ConsumerConfiguration.builder()
                    .ackPolicy(AckPolicy.None)
                    .deliverPolicy(DeliverPolicy.ByStartTime)
                    .startTime(stamp.atZone(ZoneOffset.UTC))
                    .inactiveThreshold(PROBE_LIFE)
                    .memStorage(true)
                    .build());
    delete(probe.getName());
    return probe.getDelivered().getStreamSequence() + 1;
  }

  private JetStreamManagement management() throws IOException {
    return broker
        .connection()
        .orElseThrow(() -> new IOException("the broker is away"))
        .jetStreamManagement();
  }
}
