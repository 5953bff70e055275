package io.scrutin.broker;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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

  /**
   * A broker that is silent for good is noticed within four of these: the client lets one pass if
   * it heard something before, two pings stay without an answer, and the fourth finds that. Until
   * then voters of this process wait for nothing, and are told "later".
   */
  private static final Duration PING_INTERVAL = Duration.ofMillis(2_500);

  /** How long a publish may stand before a full socket: the caller has a voter waiting. */
  private static final Duration LONGEST_PUSH = Duration.ofMillis(500);

  /** How a connection is made: over a socket, or to a simulated broker. */
  public interface Dialling {
    Connection dial(Options options) throws IOException, InterruptedException;
  }

  private final Dialling dialling;
  private final Options options;
  private final List<Consumer<Connection>> whenConnected = new ArrayList<>();
  private final List<Runnable> whenLost = new CopyOnWriteArrayList<>();
  private @Nullable Connection connection;
  private boolean closed;

  private BrokerLink(String url, String name, Dialling dialling) {
    this.dialling = dialling;
    this.options =
        Options.builder()
            .server(url)
            .connectionName(name)
            .maxReconnects(-1)
            .reconnectWait(RECONNECT_WAIT)
            .reconnectJitter(RECONNECT_WAIT)
            .connectionTimeout(CONNECT_TIMEOUT)
            .pingInterval(PING_INTERVAL)
            .writeQueuePushTimeout(LONGEST_PUSH)
            .requestCleanupInterval(EventPublisher.LONGEST_WAIT)
            // What is published while the broker is away fails at once instead of waiting in
            // memory: whoever published it must know.
            .reconnectBufferSize(0)
            .connectionListener(this::changed)
            .errorListener(new BrokerTroubles())
            .build();
  }

  /** Returns at once; {@link #connection} is there when the broker is. */
  public static BrokerLink open(String url, String name) {
    return open(url, name, Nats::connect);
  }

  public static BrokerLink open(String url, String name, Dialling dialling) {
    BrokerLink link = new BrokerLink(url, name, dialling);
    Thread.ofVirtual().name("broker-connect").start(link::connect);
    return link;
  }

  private void connect() {
    boolean said = false;
    while (!isClosed()) {
      try {
        established(dialling.dial(options));
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

  private synchronized boolean isClosed() {
    return closed;
  }

  private static void pause() {
    try {
      Thread.sleep(RECONNECT_WAIT);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void established(Connection made) throws InterruptedException {
    List<Consumer<Connection>> listeners;
    synchronized (this) {
      if (closed) {
        made.close();
        return;
      }
      connection = made;
      listeners = List.copyOf(whenConnected);
      notifyAll();
    }
    listeners.forEach(listener -> listener.accept(made));
  }

  private void changed(Connection changed, ConnectionListener.Events event) {
    if (event == ConnectionListener.Events.RECONNECTED) {
      LOG.info("the broker is back");
      List<Consumer<Connection>> listeners;
      synchronized (this) {
        listeners = List.copyOf(whenConnected);
        notifyAll();
      }
      listeners.forEach(listener -> listener.accept(changed));
    } else if (event == ConnectionListener.Events.DISCONNECTED) {
      LOG.warn("the broker is away, trying again until it is there");
      whenLost.forEach(Runnable::run);
    } else if (event == ConnectionListener.Events.CLOSED) {
      whenLost.forEach(Runnable::run);
    }
  }

  /**
   * Called after each connection that is made, the first included, on a thread of the client that
   * others wait for: what takes long goes elsewhere.
   */
  public void whenConnected(Consumer<Connection> listener) {
    Optional<Connection> already;
    synchronized (this) {
      whenConnected.add(listener);
      already = connection();
    }
    already.ifPresent(listener);
  }

  /** Called when the connection breaks: no answer to what was asked over it will come any more. */
  public void whenLost(Runnable listener) {
    whenLost.add(listener);
  }

  public synchronized Optional<Connection> connection() {
    return Optional.ofNullable(connection)
        .filter(known -> known.getStatus() == Connection.Status.CONNECTED);
  }

  /** The connection, for those who cannot do anything without it. */
  public synchronized Connection await(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (Optional<Connection> made = connection(); ; made = connection()) {
      if (made.isPresent()) {
        return made.get();
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new BrokerRefused(BrokerRefused.Why.AWAY, "no broker within " + patience);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void close() throws InterruptedException {
    Connection known;
    synchronized (this) {
      closed = true;
      known = connection;
    }
    if (known != null) {
      known.close();
    }
  }
}
