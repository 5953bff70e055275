package io.scrutin.standalone;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
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
    HttpServer server = LoopbackHttp.create(0, 0);
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
      socket.getOutputStream().write(request.getBytes(US_ASCII));
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

  /** A voter who writes to a connection that is being ended has no answer at all. */
  @Test
  void keepsTheConnectionsOfManyWhoAreIdle() throws IOException {
    List<Socket> voters = new ArrayList<>();
    try {
      for (int voter = 0; voter < 300; voter++) {
        voters.add(new Socket(InetAddress.getLoopbackAddress(), door.port()));
      }
      for (int round = 0; round < 2; round++) {
        for (Socket voter : voters) {
          assertThat(asksAndStays(voter)).isEqualTo("HTTP/1.1 200 OK");
        }
      }
    } finally {
      for (Socket voter : voters) {
        voter.close();
      }
    }
  }

  private static String asksAndStays(Socket voter) throws IOException {
    voter.setSoTimeout(10_000);
    voter
        .getOutputStream()
        .write("GET /api/v1/vote/1 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\n4\r\nours\r\n0\r\n\r\n")) {
      int next = voter.getInputStream().read();
      if (next < 0) {
        return "ended after " + answer;
      }
      answer.append((char) next);
    }
    return answer.substring(0, answer.indexOf("\r\n"));
  }

  @Test
  void tellsWhoeverComesOnTopToComeAgain() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    HttpServer slow = LoopbackHttp.create(0, 0);
    slow.createContext(
        "/",
        exchange -> {
          asked.countDown();
          awaited(answer);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    slow.start();
    door.close();
    URI address = URI.create("http://127.0.0.1:" + slow.getAddress().getPort());
    door = FrontDoor.open(0, Map.of("submit", address), 1);
    try {
      CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> voteOf("first"));
      asked.await();
      assertThat(get("/api/v1/vote")).startsWith("HTTP/1.1 503").contains("Retry-after: 5");
      answer.countDown();
      assertThat(first.join()).startsWith("HTTP/1.1 200");
      assertThat(get("/api/v1/vote")).startsWith("HTTP/1.1 200");
    } finally {
      // Stopping waits for whoever is still being served.
      answer.countDown();
      slow.stop(0);
    }
  }

  private String voteOf(String voter) {
    try {
      return get("/api/v1/vote?" + voter);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
