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
import java.util.Optional;

/** Makes the streams what {@link StreamName} says they are. */
public final class Streams {
  /** Within it, a cast published again with its message id is the same cast. */
  public static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);

  private static final int STREAM_NOT_FOUND = 10059;

  private Streams() {}

  /** Declared twice, they stay as they are; declared with larger sizes, they take them on. */
  public static void declare(Connection connection, String environment, StreamSizes sizes)
      throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    new OldCasts(management, environment)
        .leave(noSmaller(management, configuration(StreamName.VOTES, environment, sizes)));
    for (StreamName stream : StreamName.values()) {
      if (stream.isUsed()) {
        declare(management, configuration(stream, environment, sizes));
      }
    }
  }

  /** Whether they were declared before, with whatever sizes. */
  public static boolean areDeclared(Connection connection, String environment)
      throws IOException, JetStreamApiException {
    return known(connection.jetStreamManagement(), StreamName.CASTS.in(environment)).isPresent();
  }

  private static void declare(JetStreamManagement management, StreamConfiguration wanted)
      throws IOException, JetStreamApiException {
    if (known(management, wanted.getName()).isPresent()) {
      management.updateStream(noSmaller(management, wanted));
    } else {
      // Two that declare the same at once both succeed.
      management.addStream(wanted);
    }
  }

  /**
   * To keep within a smaller bound the broker drops its oldest messages, although it discards new
   * ones at the bound (seen of 2.9.10): votes that had their 202. So who says the roll's sizes
   * again, after the streams were given more room, takes none of it back.
   */
  private static StreamConfiguration noSmaller(
      JetStreamManagement management, StreamConfiguration wanted)
      throws IOException, JetStreamApiException {
    long bytes =
        known(management, wanted.getName()).map(StreamConfiguration::getMaxBytes).orElse(0L);
    return StreamConfiguration.builder(wanted)
        .maxBytes(Math.max(bytes, wanted.getMaxBytes()))
        .build();
  }

  static Optional<StreamConfiguration> known(JetStreamManagement management, String stream)
      throws IOException, JetStreamApiException {
    try {
      return Optional.of(management.getStreamInfo(stream).getConfiguration());
    } catch (JetStreamApiException failure) {
      if (failure.getApiErrorCode() == STREAM_NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
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
