package io.scrutin.broker;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Declares the streams, as a Job of a cluster: sized by the number of voters, kept on as many
 * brokers as are said. Again, it changes nothing; with other figures, the streams take them on.
 */
public final class StreamsCommand {
  /** A cluster's brokers come up one after the other; the Job is tried again after that. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private StreamsCommand() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println(declare(System.getenv(), PATIENCE));
  }

  /**
   * @return what was declared, for the log
   */
  static String declare(Map<String, String> environment, Duration patience)
      throws IOException, JetStreamApiException, InterruptedException {
    String url = required(environment, "SCRUTIN_NATS_URL");
    String name = required(environment, "SCRUTIN_ENVIRONMENT");
    long voters = number(environment, "SCRUTIN_VOTERS");
    StreamSizes sizes =
        StreamSizes.forRoll(voters, Math.toIntExact(number(environment, "SCRUTIN_REPLICAS")));
    try (BrokerLink broker = BrokerLink.open(url, "streams")) {
      Streams.declare(broker.await(patience), name, sizes);
    }
    return "streams of %s declared for %,d voters, %,d bytes on each of %d brokers"
        .formatted(name, voters, sizes.reservedBytes(), sizes.replicas());
  }

  private static long number(Map<String, String> environment, String name) {
    String value = required(environment, name);
    if (!value.matches("[1-9][0-9]{0,9}")) {
      throw new IllegalArgumentException(name + " is a number of at least 1, not '" + value + "'");
    }
    return Long.parseLong(value);
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the environment variable " + name + " is missing");
    }
    return value;
  }
}
