package io.scrutin.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A wire between clients and a server of the loopback address, or its replicas, that can be broken
 * in many ways and healed: a server that is stopped answers "refused" at once, a broken network
 * does not.
 */
public final class TcpProxy implements AutoCloseable {
  private sealed interface State {
    /** Connections end, and new ones end as soon as they are made. */
    record Cut() implements State {}

    /** Connections stand, new ones are made, and nothing comes through. */
    record Hanging() implements State {}

    /** Everything passes, each piece after a while and no more than that in a second. */
    record Open(Duration delay, long bytesPerSecond) implements State {}
  }

  private static final int BACKLOG = 1_024;

  /** A process that has no file left to open may have one then. */
  private static final Duration ACCEPT_AGAIN = Duration.ofMillis(100);

  private static final State.Open SOUND = new State.Open(Duration.ZERO, Long.MAX_VALUE);

  /** One connection through the wire. */
  private static final class Line {
    final Socket client;
    final Socket server;

    /** For good: whoever is at its other end is gone, and nobody tells this one. */
    volatile boolean dead;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }
  }

  private final ServerSocket entrance;
  private final List<Integer> serverPorts;
  private final AtomicInteger next = new AtomicInteger();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private State state = SOUND;

  private TcpProxy(ServerSocket entrance, List<Integer> serverPorts) {
    this.entrance = entrance;
    this.serverPorts = List.copyOf(serverPorts);
  }

  public static TcpProxy to(int serverPort) {
    return toAny(List.of(serverPort));
  }

  /** Each connection goes to the next of them that takes it. */
  public static TcpProxy toAny(List<Integer> serverPorts) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), serverPorts);
      Thread.ofVirtual().name("proxy-" + serverPorts).start(proxy::accept);
      return proxy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /** The server's URL with this wire's port in place of the server's. */
  public String through(String url) {
    return url.replace(":" + serverPorts.getFirst(), ":" + port());
  }

  public void cut() {
    become(new State.Cut());
    sockets.forEach(TcpProxy::end);
  }

  public void hang() {
    become(new State.Hanging());
  }

  /**
   * The other side is gone without a word: what stands is silent for good, also after it is healed,
   * and what is made meanwhile waits for that.
   */
  public void halfOpen() {
    become(new State.Hanging());
    lines.forEach(line -> line.dead = true);
  }

  /** What stands ends at once, with a reset; what is made next is sound. */
  public void reset() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
      } catch (SocketException alreadyGone) {
        continue;
      }
      end(socket);
    }
  }

  public void delay(Duration eachPiece) {
    become(new State.Open(eachPiece, Long.MAX_VALUE));
  }

  public void throttle(long bytesPerSecond) {
    become(new State.Open(Duration.ZERO, bytesPerSecond));
  }

  /** What hung comes through now; what was cut has to connect again. */
  public void heal() {
    become(SOUND);
  }

  private void become(State next) {
    synchronized (change) {
      state = next;
      change.notifyAll();
    }
  }

  /** Returns whether bytes may pass, once it is known, and when they may. */
  private boolean mayPass(int bytes) throws InterruptedException {
    State now;
    synchronized (change) {
      while (state instanceof State.Hanging) {
        change.wait();
      }
      now = state;
    }
    return switch (now) {
      case State.Open open -> {
        long millis = open.delay().toMillis() + bytes * 1000L / open.bytesPerSecond();
        if (millis > 0) {
          Thread.sleep(millis);
        }
        yield true;
      }
      case State.Cut _, State.Hanging _ -> false;
    };
  }

  /** Until it is closed: a wire that ends for want of files could never be healed. */
  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closedOrNoFile) {
        LockSupport.parkNanos(ACCEPT_AGAIN.toNanos());
      }
    }
  }

  private void connect(Socket client) {
    try {
      if (!mayPass(0)) {
        forget(client);
        return;
      }
      Socket server = anyServer();
      sockets.add(server);
      Line line = new Line(client, server);
      lines.add(line);
      Thread.ofVirtual().start(() -> copy(line, client, server));
      copy(line, server, client);
    } catch (IOException refused) {
      forget(client);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      forget(client);
    }
  }

  private Socket anyServer() throws IOException {
    IOException refusal = new IOException("there is no server");
    for (int attempt = 0; attempt < serverPorts.size(); attempt++) {
      int port = serverPorts.get(Math.floorMod(next.getAndIncrement(), serverPorts.size()));
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException refused) {
        refusal = refused;
      }
    }
    throw refusal;
  }

  private void copy(Line line, Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (!line.dead && !mayPass(length)) {
          break;
        }
        if (!line.dead) {
          out.write(buffer, 0, length);
          out.flush();
        }
      }
    } catch (IOException ended) {
      // One side is gone; the other goes with it, below.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    lines.remove(line);
    forget(line.client);
    forget(line.server);
  }

  private void forget(Socket socket) {
    sockets.remove(socket);
    end(socket);
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // That is what is wanted.
    }
  }

  @Override
  public void close() {
    end(entrance);
    cut();
  }
}
