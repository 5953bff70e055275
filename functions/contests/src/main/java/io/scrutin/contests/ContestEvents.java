package io.scrutin.contests;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.MessageInfo;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What the broker has to tell of contests. */
final class ContestEvents {
  private static final int MESSAGE_NOT_FOUND = 10037;

  private final Connection connection;
  private final String environment;
  private final EventCodec codec;

  ContestEvents(Connection connection, String environment, EventCodec codec) {
    this.connection = connection;
    this.environment = environment;
    this.codec = codec;
  }

  /** A contest has two or three events, so that reading them all is a few questions. */
  Set<String> ids() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    String stream = EventType.CONTEST_OPENED.stream().in(environment);
    String subject = environment + ".voting.contest.*.v1";
    Set<String> ids = new HashSet<>();
    long next = 1;
    while (true) {
      try {
        MessageInfo message = management.getNextMessage(stream, next, subject);
        next = message.getSeq() + 1;
        ids.add(codec.decode(message.getData()).id());
      } catch (EventCodec.MalformedEvent _) {
        // Not one of ours: what it was put in the place of is missing.
      } catch (JetStreamApiException failure) {
        if (failure.getApiErrorCode() == MESSAGE_NOT_FOUND) {
          return ids;
        }
        throw failure;
      }
    }
  }
}
