package io.scrutin.standalone;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The JDK's own HTTP server, on this machine's loopback address only. */
final class LoopbackHttp {
  static {
    // Past 200 idle connections, and after 30 s, it ends them without a word to a client that may
    // have just written to one: chaos at 300 votes a second saw answers that never came. It reads
    // all of these once, before the first server of the process is made.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
    System.setProperty("sun.net.httpserver.idleInterval", "120");
    // Else the last part of an answer waits 40 ms for the client's ack of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private LoopbackHttp() {}

  /**
   * @param port 0 for any that is free
   * @param backlog as many may connect before the first of them is looked at
   */
  static HttpServer create(int port, int backlog) throws IOException {
    return HttpServer.create(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), backlog);
  }
}
