package io.scrutin.testing;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.scrutin.broker.StreamSizes;
import io.scrutin.broker.Streams;
import io.scrutin.servers.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** NATS for tests: one server a JVM, started when first asked for, and an environment a test. */
public final class TestNats {
  private static final long MEBIBYTE = 1024 * 1024;

  /** Promised, not taken; small enough for hundreds of environments on one server. */
  private static final StreamSizes SIZES = new StreamSizes(256 * MEBIBYTE, 64 * MEBIBYTE, 1);

  /** All that the environments of a JVM may promise together. */
  private static final long MOST_PROMISED = 1024 * 1024 * MEBIBYTE;

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Shared {
    static final NatsServer SERVER = own();
  }

  /**
   * Subjects and streams that no other test sees.
   *
   * @param name to be given as {@code scrutin.environment}
   * @param url to be given as {@code scrutin.nats-url}
   * @param connection for the test's own looking and publishing
   */
  public record Environment(String name, String url, Connection connection)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        connection.close();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private TestNats() {}

  public static Environment freshEnvironment() {
    return freshEnvironment(Shared.SERVER);
  }

  /** With sizes of the test's own. */
  public static Environment freshEnvironment(StreamSizes sizes) {
    return freshEnvironment(Shared.SERVER, sizes);
  }

  /** On a server of the test's own. */
  public static Environment freshEnvironment(NatsServer server) {
    return freshEnvironment(server, SIZES);
  }

  public static Environment freshEnvironment(NatsServer server, StreamSizes sizes) {
    String name = "test" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    try {
      Connection connection = Nats.connect(options(server.url()));
      Streams.declare(connection, name, sizes);
      return new Environment(name, server.url(), connection);
    } catch (IOException | JetStreamApiException failure) {
      throw new IllegalStateException("no environment for the test", failure);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }

  /** A test that kills its server does not want to wait the usual two seconds for it. */
  private static Options options(String url) {
    return Options.builder()
        .server(url)
        .maxReconnects(-1)
        .reconnectWait(Duration.ofMillis(50))
        .errorListener(new ErrorListener() {})
        .build();
  }

  /** A server that a test may stop, kill and start again. */
  public static NatsServer own() {
    return TestFolders.untilExit(
        NatsServer.start(
            TestFolders.PROGRAMS, TestFolders.fresh("nats"), 0, OptionalLong.of(MOST_PROMISED)));
  }
}
