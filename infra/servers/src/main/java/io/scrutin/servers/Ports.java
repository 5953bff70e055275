package io.scrutin.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback address. */
public final class Ports {
  /**
   * Below the range that outgoing connections take theirs from (32768 on Linux): a server that is
   * stopped finds its port again, because no client has been given it meanwhile.
   */
  private static final int FIRST = 15_000;

  private static final int BEYOND = 30_000;
  private static final int ATTEMPTS = 200;

  private Ports() {}

  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerUnavailable("no free port between " + FIRST + " and " + BEYOND);
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // Connections that linger after their server stopped do not hold the port against the next.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
