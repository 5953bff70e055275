package io.scrutin.broker;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What a durable has not acked yet. */
public final class Unread {
  private static final int MESSAGE_NOT_FOUND = 10037;

  private Unread() {}

  /**
   * The stamp of the first message past the durable's floor that is for it. All up to the floor is
   * acked, so what was published about that is in its stream.
   */
  public static Optional<Instant> first(
      JetStreamManagement management, String stream, ConsumerInfo durable)
      throws IOException, JetStreamApiException {
    long next = durable.getAckFloor().getStreamSequence() + 1;
    String subject =
        Objects.requireNonNullElse(durable.getConsumerConfiguration().getFilterSubject(), ">");
    try {
      return Optional.of(management.getNextMessage(stream, next, subject).getTime().toInstant());
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == MESSAGE_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
