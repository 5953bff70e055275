package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.scrutin.standalone.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
final class DriverTest {
  static {
    // On a busy machine all of them may be connected at once; past 200 the JDK's server ends idle
    // connections, one of which somebody may just have written to. Read before its first server.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "4096");
  }

  /** How the server of a test answers one post. */
  private interface Answering {
    void answer(HttpExchange exchange, String body) throws IOException, InterruptedException;
  }

  private static final int VOTERS = 400;

  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Answering answering = (exchange, _) -> answer(exchange, 202, "received");

  @TempDir Path dir;
  private HttpServer server;
  private Driver driver;
  private VotePosts posts;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/v1/vote", this::take);
    server.start();
    driver = new Driver(URI.create("http://localhost:" + server.getAddress().getPort()));
    StringBuilder roll = new StringBuilder("nas,code,law_id\n");
    for (int i = 0; i < VOTERS; i++) {
      roll.append(Credentials.inventedNas(i)).append(",CODE%04d,a-law\n".formatted(i));
    }
    posts = VotePosts.of(Files.writeString(dir.resolve("roll.csv"), roll), "a-law");
  }

  @AfterEach
  void close() {
    driver.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies.add(body);
    try {
      answering.answer(exchange, body);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String outcome) throws IOException {
    byte[] body = "{\"status\":\"%s\"}".formatted(outcome).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Sent drive(double perSecond, int everyWaits) throws Exception {
    Arrivals arrivals = Arrivals.steady(perSecond, VOTERS, new Random(1));
    return driver.start(arrivals, posts, 0, everyWaits).sent().get(80, TimeUnit.SECONDS);
  }

  @Test
  void everyVoterPostsOnceAndIsCounted() throws Exception {
    Sent sent = drive(2_000, 0);
    assertThat(sent.allAccepted()).isTrue();
    assertThat(sent.answered().getTotalCount()).isEqualTo(VOTERS);
    assertThat(bodies).hasSize(VOTERS).doesNotHaveDuplicates();
    assertThat(bodies)
        .contains(
            "{\"nas\":\"%s\",\"code\":\"CODE0007\",\"law_id\":\"a-law\",\"vote\":\"non\"}"
                .formatted(Credentials.inventedNas(7)));
  }

  /** A driver that waits for answers would send one post while the server stands, and see one. */
  @Test
  void timeRunsFromWhenAPostWasDue() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    long[] standsUntil = {0};
    answering =
        (exchange, _) -> {
          if (taken.incrementAndGet() == 100) {
            standsUntil[0] = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(250);
          }
          if (taken.get() >= 100) {
            TimeUnit.NANOSECONDS.sleep(standsUntil[0] - System.nanoTime());
          }
          answer(exchange, 202, "received");
        };
    Sent sent = drive(500, 0);
    assertThat(sent.allAccepted()).isTrue();
    long slow =
        sent.answered().getTotalCount() - sent.answered().getCountBetweenValues(0, 100_000_000);
    assertThat(slow).isBetween(40L, 150L);
  }

  @Test
  void whatIsNotAcceptedIsCountedByItsStatus() throws Exception {
    answering =
        (exchange, body) -> answer(exchange, body.contains("\"oui\"") ? 202 : 503, "received");
    Sent sent = drive(2_000, 0);
    assertThat(sent.accepted()).isEqualTo(VOTERS / 2);
    assertThat(sent.statuses()).isEqualTo(Map.of(503, VOTERS / 2L));
    assertThat(sent.allAccepted()).isFalse();
  }

  @Test
  void anAnswerThatNeverComesIsNone() throws Exception {
    answering =
        (exchange, body) -> {
          if (body.contains("CODE0010")) {
            exchange.close();
          } else {
            answer(exchange, 202, "received");
          }
        };
    Sent sent = drive(2_000, 0);
    assertThat(sent.accepted()).isEqualTo(VOTERS - 1);
    assertThat(sent.statuses()).isEqualTo(Map.of(0, 1L));
  }

  @Test
  void whoWaitsForTheOutcomeIsMeasuredApart() throws Exception {
    answering =
        (exchange, _) -> {
          boolean waits = exchange.getRequestHeaders().containsKey("Prefer");
          answer(exchange, waits ? 200 : 202, waits ? "recorded" : "received");
        };
    Sent sent = drive(2_000, 10);
    assertThat(sent.allAccepted()).isTrue();
    assertThat(sent.recorded()).isEqualTo(VOTERS / 10);
    assertThat(sent.recordedAfter().getTotalCount()).isEqualTo(VOTERS / 10);
    assertThat(sent.answered().getTotalCount()).isEqualTo(VOTERS - VOTERS / 10);
  }
}
