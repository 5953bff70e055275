package io.scrutin.contests;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.scrutin.broker.Unread;
import io.scrutin.event.EventType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far those have come who read the stream of votes. */
final class VoteReaders {
  /**
   * By name, since one that is not there has read nothing: the steps that a vote passes, and audit,
   * which follows each of them. What wakes tally is not here: envelopes that wait are counted.
   */
  static final SortedMap<String, EventType> DURABLES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "verify", EventType.VOTE_CAST,
                  "dedup", EventType.VOTE_VERIFIED,
                  "store", EventType.VOTE_ACCEPTED,
                  "audit-cast", EventType.VOTE_CAST,
                  "audit-recorded", EventType.VOTE_RECORDED,
                  "audit-rejected", EventType.VOTE_REJECTED,
                  "audit-duplicated", EventType.VOTE_DUPLICATED)));

  private static final int CONSUMER_NOT_FOUND = 10014;

  private final Connection connection;
  private final String environment;

  VoteReaders(Connection connection, String environment) {
    this.connection = connection;
    this.environment = environment;
  }

  /** Those that may still come upon a message stamped before this moment, and why. */
  List<String> behind(Instant moment) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    List<String> behind = new ArrayList<>();
    for (Map.Entry<String, EventType> reader : DURABLES.entrySet()) {
      String durable = reader.getKey();
      String stream = reader.getValue().stream().in(environment);
      Optional<ConsumerInfo> found = find(management, stream, durable);
      if (found.isEmpty()) {
        behind.add(durable + " (is not there)");
        continue;
      }
      long delivered = found.get().getDelivered().getStreamSequence();
      // Asked for after the durable: the other way round, one that goes on meanwhile seems ahead.
      if (delivered > management.getStreamInfo(stream).getStreamState().getLastSequence()) {
        behind.add(durable + " (is ahead of a stream that lost its end)");
      } else if (Unread.first(management, stream, found.get())
          .filter(moment::isAfter)
          .isPresent()) {
        behind.add(where(found.get()));
      }
    }
    return behind;
  }

  private static String where(ConsumerInfo durable) {
    return "%s (%d to read, %d in hand, delivered to %d, acked to %d)"
        .formatted(
            durable.getName(),
            durable.getNumPending(),
            durable.getNumAckPending(),
            durable.getDelivered().getStreamSequence(),
            durable.getAckFloor().getStreamSequence());
  }

  private static Optional<ConsumerInfo> find(
      JetStreamManagement management, String stream, String durable)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getConsumerInfo(stream, durable));
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
