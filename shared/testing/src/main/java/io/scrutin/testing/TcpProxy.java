package io.scrutin.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A wire between a client and a server of the loopback address, that can be cut, made to hang and
 * healed: a server that is stopped answers "refused" at once, a broken network does not.
 */
public final class TcpProxy implements AutoCloseable {
  private enum State {
    OPEN,
    /** Connections end, and new ones end as soon as they are made. */
    CUT,
    /** Connections stand, new ones are made, and nothing comes through. */
    HANGING
  }

  private final ServerSocket entrance;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private State state = State.OPEN;

  private TcpProxy(ServerSocket entrance, int serverPort) {
    this.entrance = entrance;
    this.serverPort = serverPort;
  }

  public static TcpProxy to(int serverPort) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
      Thread.ofVirtual().name("proxy-" + serverPort).start(proxy::accept);
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
    return url.replace(":" + serverPort, ":" + port());
  }

  public void cut() {
    become(State.CUT);
    sockets.forEach(TcpProxy::end);
  }

  public void hang() {
    become(State.HANGING);
  }

  /** What hung comes through now; what was cut has to connect again. */
  public void heal() {
    become(State.OPEN);
  }

  private void become(State next) {
    synchronized (change) {
      state = next;
      change.notifyAll();
    }
  }

  /** Returns whether bytes may pass, once it is known. */
  private boolean mayPass() throws InterruptedException {
    synchronized (change) {
      while (state == State.HANGING) {
        change.wait();
      }
      return state == State.OPEN;
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        sockets.add(client);
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      if (!mayPass()) {
        end(client);
        return;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      sockets.add(server);
      Thread.ofVirtual().start(() -> copy(client, server));
      copy(server, client);
    } catch (IOException refused) {
      end(client);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      end(client);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (!mayPass()) {
          break;
        }
        out.write(buffer, 0, length);
        out.flush();
      }
    } catch (IOException ended) {
      // One side is gone; the other goes with it, below.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    end(from);
    end(to);
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
