package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorTest {
  private final AtomicInteger fetchedElsewhere = new AtomicInteger();
  private HttpServer function;
  private HttpServer elsewhere;
  private FrontDoor door;

  @BeforeEach
  void open() throws IOException {
    function = answering("ours", new AtomicInteger());
    elsewhere = answering("theirs", fetchedElsewhere);
    URI address = URI.create("http://127.0.0.1:" + function.getAddress().getPort());
    door = FrontDoor.open(0, Map.of("submit", address, "audit", address, "results", address));
  }

  @AfterEach
  void close() {
    door.close();
    function.stop(0);
    elsewhere.stop(0);
  }

  private static HttpServer answering(String body, AtomicInteger count) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          count.incrementAndGet();
          byte[] answer = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** A client of its own: Java's would mend these targets before it sends them. */
  private String get(String target) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void passesOnWhatAFunctionServes() throws IOException {
    assertThat(get("/api/v1/audit/law-1/duplicates?limit=2"))
        .startsWith("HTTP/1.1 200")
        .contains("ours");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"//127.0.0.1:PORT/api/v1/audit/x", "http://127.0.0.1:PORT/api/v1/audit/x"})
  void fetchesNothingFromElsewhere(String target) throws IOException {
    String port = Integer.toString(elsewhere.getAddress().getPort());
    assertThat(get(target.replace("PORT", port))).startsWith("HTTP/1.1 400");
    assertThat(fetchedElsewhere).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/audit/../../../events/store",
        "/api/v1/audit/%2e%2e/%2e%2e/events/store",
        "/api/v1/audit/./x",
        "/api/v1//audit/x"
      })
  void takesNoDetours(String target) throws IOException {
    assertThat(get(target)).startsWith("HTTP/1.1 400");
  }

  @Test
  void servesNoEvents() throws IOException {
    assertThat(get("/events/store")).startsWith("HTTP/1.1 404");
  }
}
