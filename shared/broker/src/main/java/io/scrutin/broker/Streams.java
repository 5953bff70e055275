package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.time.Duration;

/** Makes the streams what {@link StreamName} says they are. */
public final class Streams {
  /** Within it, a cast published again with its message id is the same cast. */
  public static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

  private static final int STREAM_NOT_FOUND = 10059;

  private Streams() {}

  /** Declared twice, they stay as they are; declared with other sizes, they take them on. */
  public static void declare(Connection connection, String environment, StreamSizes sizes)
      throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    new OldCasts(management, environment)
        .leave(configuration(StreamName.VOTES, environment, sizes));
    for (StreamName stream : StreamName.values()) {
      if (stream.isUsed()) {
        declare(management, configuration(stream, environment, sizes));
      }
    }
  }

  private static void declare(JetStreamManagement management, StreamConfiguration wanted)
      throws IOException, JetStreamApiException {
    try {
      management.updateStream(wanted);
    } catch (JetStreamApiException refusal) {
      if (refusal.getApiErrorCode() != STREAM_NOT_FOUND) {
        throw refusal;
      }
      // Two that declare the same at once both succeed.
      management.addStream(wanted);
    }
  }

  private static StreamConfiguration configuration(
      StreamName stream, String environment, StreamSizes sizes) {
    return StreamConfiguration.builder()
        .name(stream.in(environment))
        .subjects(stream.subjects(environment))
        .retentionPolicy(RetentionPolicy.Limits)
        .discardPolicy(DiscardPolicy.New)
        .storageType(stream.onFile() ? StorageType.File : StorageType.Memory)
        .maxAge(stream.maxAge())
        .maxBytes(sizes.bytes(stream))
        .duplicateWindow(DUPLICATE_WINDOW)
        .replicas(sizes.replicas())
        .build();
  }
}
