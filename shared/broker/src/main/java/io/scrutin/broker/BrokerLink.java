package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that is made as soon as there is a broker, and made again whenever it was lost. */
public final class BrokerLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

  /** A broker restarts in well under a second; voters should not wait longer than that for us. */
  private static final Duration RECONNECT_WAIT = Duration.ofMillis(200);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** A broker that hangs is noticed after two of these. */
  private static final Duration PING_INTERVAL = Duration.ofSeconds(5);

  private final Options options;
  private final CountDownLatch connected = new CountDownLatch(1);
  private final List<Consumer<Connection>> whenConnected = new CopyOnWriteArrayList<>();
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  private BrokerLink(String url, String name) {
    this.options =
        Options.builder()
            .server(url)
            .connectionName(name)
            .maxReconnects(-1)
            .reconnectWait(RECONNECT_WAIT)
            .reconnectJitter(RECONNECT_WAIT)
            .connectionTimeout(CONNECT_TIMEOUT)
            .pingInterval(PING_INTERVAL)
            // What is published while the broker is away fails at once instead of waiting in
            // memory: whoever published it must know.
            .reconnectBufferSize(0)
            .connectionListener(this::changed)
            .build();
  }

  /** Returns at once; {@link #connection} is there when the broker is. */
  public static BrokerLink open(String url, String name) {
    BrokerLink link = new BrokerLink(url, name);
    Thread.ofVirtual().name("broker-connect").start(link::connect);
    return link;
  }

  private void connect() {
    boolean said = false;
    while (!closed) {
      try {
        Connection made = Nats.connect(options);
        connection = made;
        connected.countDown();
        if (closed) {
          made.close();
        } else {
          whenConnected.forEach(listener -> listener.accept(made));
        }
        return;
      } catch (IOException away) {
        if (!said) {
          LOG.warn("the broker is away, trying again until it is there: {}", away.toString());
          said = true;
        }
        pause();
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RECONNECT_WAIT);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void changed(Connection changed, ConnectionListener.Events event) {
    if (event == ConnectionListener.Events.RECONNECTED) {
      whenConnected.forEach(listener -> listener.accept(changed));
    }
  }

  /** Called, on a thread of the client, after each connection that is made, the first included. */
  public void whenConnected(Consumer<Connection> listener) {
    whenConnected.add(listener);
    connection().ifPresent(listener);
  }

  public Optional<Connection> connection() {
    Connection known = connection;
    return known != null && known.getStatus() == Connection.Status.CONNECTED
        ? Optional.of(known)
        : Optional.empty();
  }

  /** The connection, for those who cannot do anything without it. */
  public Connection await(Duration patience) throws InterruptedException {
    if (!connected.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BrokerRefused(BrokerRefused.Why.AWAY, "no broker within " + patience);
    }
    return connection()
        .orElseThrow(() -> new BrokerRefused(BrokerRefused.Why.AWAY, "the broker went away"));
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    Connection known = connection;
    if (known != null) {
      known.close();
    }
  }
}
