package io.scrutin.broker;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** What a durable has not acked yet. */
public final class Unread {
  private static final int MESSAGE_NOT_FOUND = 10037;

  private interface Lookup {
    MessageInfo message() throws IOException, JetStreamApiException;
  }

  private Unread() {}

  /**
   * The first message past the durable's floor that is for it; none when it has read all that was
   * there. All up to the floor is acked, so what was published about that is in its stream.
   */
  public static Optional<MessageInfo> first(
      JetStreamManagement management, String stream, ConsumerInfo durable)
      throws IOException, JetStreamApiException {
    String subject =
        Objects.requireNonNullElse(durable.getConsumerConfiguration().getFilterSubject(), ">");
    if (hasReadAll(management, stream, subject, durable)) {
      return Optional.empty();
    }
    long next = durable.getAckFloor().getStreamSequence() + 1;
    return found(() -> management.getNextMessage(stream, next, subject));
  }

  /**
   * A floor may stay behind for good: chaos saw one of 2.9.10 with nothing to read and nothing in
   * hand. The number of those to read is no proof, since servers count it on the side; what was
   * delivered is.
   */
  private static boolean hasReadAll(
      JetStreamManagement management, String stream, String subject, ConsumerInfo durable)
      throws IOException, JetStreamApiException {
    if (durable.getNumAckPending() > 0) {
      return false;
    }
    long last =
        found(() -> management.getLastMessage(stream, subject)).map(MessageInfo::getSeq).orElse(0L);
    return last <= durable.getDelivered().getStreamSequence();
  }

  private static Optional<MessageInfo> found(Lookup lookup)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(lookup.message());
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == MESSAGE_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
