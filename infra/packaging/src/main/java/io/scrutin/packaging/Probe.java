package io.scrutin.packaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whether the server of this container is ready: for Docker, in images that hold no curl. Plain
 * sockets, since a client would cost more to load than the question is worth.
 */
public final class Probe {
  private static final int PATIENCE_MILLIS = 4000;
  private static final String REQUEST =
      "GET /health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final byte[] GOOD = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);

  private Probe() {}

  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    try (Socket socket = new Socket()) {
      InetAddress here = InetAddress.getLoopbackAddress();
      socket.connect(new InetSocketAddress(here, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(GOOD.length);
      System.exit(Arrays.equals(answer, GOOD) ? 0 : 1);
    } catch (IOException away) {
      System.exit(1);
    }
  }
}
