package io.scrutin.results;

import static io.scrutin.results.Laws.contest;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.testing.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stream read off the wire. */
class ResultsStreamTest {
  private static final Duration LENGTH = Duration.ofSeconds(6);
  private static final int MAX_LISTENERS = 3;

  private static ResultsServer results;

  @BeforeAll
  static void start() {
    results =
        new ResultsServer(
            Map.of(
                "results.stream-length",
                LENGTH.toSeconds() + "s",
                "results.heartbeat",
                "300ms",
                "results.max-listeners",
                MAX_LISTENERS));
  }

  @AfterAll
  static void stop() {
    results.close();
  }

  /** Reads a stream to its end, or until it is closed, line by line. */
  private static final class Listener implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpResponse<Stream<String>> response;
    private final Thread reading;

    Listener(String law, Optional<String> lastEventId) throws Exception {
      HttpRequest.Builder request =
          results
              .request("/api/v1/results/" + law + "/stream")
              .header("Accept", "text/event-stream")
              .header("Accept-Encoding", "gzip, deflate");
      lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
      response = results.client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
      reading =
          Thread.ofVirtual()
              // Closed before its end, the stream fails, which nobody needs to hear of.
              .uncaughtExceptionHandler((_, _) -> {})
              .start(() -> response.body().forEach(lines::add));
    }

    List<String> values(String field) {
      List<String> values = new ArrayList<>();
      for (String line : lines) {
        if (line.startsWith(field + ": ")) {
          values.add(line.substring(field.length() + 2));
        }
      }
      return values;
    }

    long heartbeats() {
      return lines.stream().filter(line -> line.startsWith(":")).count();
    }

    void awaitTallies(int count) {
      Await.until(() -> values("data").size() == count, count + " tallies came");
    }

    @Override
    public void close() {
      response.body().close();
    }
  }

  private static void open(String law) throws SQLException {
    results.open(contest(law, Visibility.LIVE, Instant.now().plusSeconds(86_400)));
  }

  private static void awaitNoListeners() {
    ResultsStream stream = results.server.getApplicationContext().getBean(ResultsStream.class);
    Await.until(() -> stream.listeners() == 0, "the listeners of other tests have gone");
  }

  @Test
  void sendsWhatIsKnownAtOnceAndThenEveryChange() throws Exception {
    awaitNoListeners();
    open("law-changing");
    try (Listener listener = new Listener("law-changing", Optional.empty())) {
      assertThat(listener.response.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      listener.awaitTallies(1);
      assertThat(listener.values("event")).containsExactly("tally");
      assertThat(listener.values("data").getFirst())
          .isEqualTo(results.get("/api/v1/results/law-changing").body());
      results.laws.count("law-changing", "oui", 5);
      listener.awaitTallies(2);
      assertThat(listener.values("data").getLast()).contains("\"total\":5");
      assertThat(listener.values("id")).hasSize(2).doesNotHaveDuplicates();
      assertThat(listener.values("retry")).hasSize(1);
    }
  }

  @Test
  void resumesAfterTheEventThatTheReaderHas() throws Exception {
    awaitNoListeners();
    open("law-resumed");
    String id;
    try (Listener first = new Listener("law-resumed", Optional.empty())) {
      first.awaitTallies(1);
      id = first.values("id").getFirst();
    }
    try (Listener second = new Listener("law-resumed", Optional.of(id))) {
      Await.until(() -> second.heartbeats() > 0, "a heartbeat came");
      assertThat(second.values("data")).isEmpty();
      results.laws.count("law-resumed", "non", 9);
      second.awaitTallies(1);
      assertThat(second.values("data").getFirst()).contains("\"total\":9");
    }
  }

  @Test
  void sendsWhatIsNewToAReaderWhoMissedAChange() throws Exception {
    awaitNoListeners();
    open("law-missed");
    try (Listener listener = new Listener("law-missed", Optional.of("0123456789abcdef"))) {
      listener.awaitTallies(1);
    }
  }

  @Test
  void endsAfterItsTimeAndBeatsItsHeartUntilThen() throws Exception {
    awaitNoListeners();
    open("law-ending");
    Instant start = Instant.now();
    try (Listener listener = new Listener("law-ending", Optional.empty())) {
      Await.until(() -> !listener.reading.isAlive(), "the stream ended");
      assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(LENGTH);
      assertThat(listener.heartbeats()).isGreaterThan(3);
      assertThat(listener.values("data")).hasSize(1);
    }
  }

  @Test
  void servesNoMoreListenersThanItMay() throws Exception {
    awaitNoListeners();
    open("law-crowded");
    List<Listener> listeners = new ArrayList<>();
    try {
      for (int i = 0; i < MAX_LISTENERS; i++) {
        Listener listener = new Listener("law-crowded", Optional.empty());
        listeners.add(listener);
        listener.awaitTallies(1);
      }
      HttpResponse<String> refused = results.get("/api/v1/results/law-crowded/stream");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("urn:scrutin:problem:too-many-listeners");
      assertThat(refused.headers().firstValue("Retry-After")).contains("2");
    } finally {
      listeners.forEach(Listener::close);
    }
    awaitNoListeners();
    try (Listener listener = new Listener("law-crowded", Optional.empty())) {
      listener.awaitTallies(1);
    }
  }
}
