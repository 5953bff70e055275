package io.scrutin.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One question over a plain connection, to see whether a server serves. */
final class Wire {
  private static final int LIMIT_MILLIS = 300;
  private static final int ENOUGH_BYTES = 16 * 1024;

  private Wire() {}

  /** The first words said on that port, after the question; empty when nobody is there yet. */
  static String ask(int port, String question) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[ENOUGH_BYTES];
      int length = socket.getInputStream().read(answer);
      return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.US_ASCII);
    } catch (IOException notYet) {
      return "";
    }
  }
}
