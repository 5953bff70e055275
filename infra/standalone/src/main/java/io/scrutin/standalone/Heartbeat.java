package io.scrutin.standalone;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a PingSource does on Knative: an event of its own in binary mode. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /**
   * Published, or with ballots that nobody has opened yet. What a crash left unpublished hurries,
   * whatever its contest: it is due since it became true.
   */
  private static final String UNFINISHED =
      """
      SELECT c.closes_at FROM contests.contest c WHERE c.state = 'open'
        OR EXISTS (SELECT 1 FROM store.envelope e WHERE e.law_id = c.law_id)
      UNION ALL
      (SELECT created_at FROM contests.outbox WHERE published_at IS NULL ORDER BY id LIMIT 1)
      """;

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final List<HttpRequest> pings;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Set<HttpRequest> unanswered = ConcurrentHashMap.newKeySet();
  private Instant last = Instant.now();

  Heartbeat(Map<String, URI> functions) {
    this.pings =
        Settings.BEAT.stream()
            .map(name -> ping(name, Objects.requireNonNull(functions.get(name))))
            .toList();
  }

  private static HttpRequest ping(String function, URI address) {
    return HttpRequest.newBuilder(address.resolve("/events/" + function))
        .timeout(LONGEST_ANSWER)
        .header("ce-specversion", "1.0")
        .header("ce-id", "heartbeat")
        .header("ce-type", "dev.knative.sources.ping")
        .header("ce-source", "/heartbeat")
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{}"))
        .build();
  }

  void every(Duration period) {
    schedule(this::beatAnyway, period);
  }

  /**
   * As that plan says, which is asked again and again.
   *
   * @param contests gives up in time by itself, as one thread asks it
   */
  void after(BeatPlan plan, DataSource contests) {
    boolean soon = plan.fast().compareTo(LONGEST_PAUSE) < 0;
    schedule(() -> beatIfDue(plan, contests), soon ? plan.fast() : LONGEST_PAUSE);
  }

  private void schedule(Runnable work, Duration period) {
    timer.scheduleWithFixedDelay(work, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** One at a time for each function: who is slow to wake must not be held up by more of them. */
  private void beat() {
    for (HttpRequest ping : pings) {
      if (unanswered.add(ping)) {
        var _ =
            http.sendAsync(ping, BodyHandlers.discarding())
                // The request's own limit ends where an answer begins; its end may never come.
                .orTimeout(LONGEST_ANSWER.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((_, _) -> unanswered.remove(ping));
      }
    }
  }

  private void beatAnyway() {
    try {
      beat();
    } catch (RuntimeException away) {
      // Whatever it is: thrown from here it would end the heartbeat for ever.
      LOG.warn("no heartbeat now: {}", away.toString());
    }
  }

  private void beatIfDue(BeatPlan plan, DataSource contests) {
    try {
      List<BeatPlan.Unfinished> unfinished = unfinished(contests);
      Instant now = Instant.now();
      if (unfinished.isEmpty()) {
        last = now;
      } else if (plan.isDue(unfinished, last, now)) {
        last = now;
        beat();
      }
    } catch (Exception away) {
      // Whatever it is: thrown from here it would end the heartbeat for ever.
      LOG.warn("whether a contest is open is not known now: {}", away.toString());
    }
  }

  private static List<BeatPlan.Unfinished> unfinished(DataSource contests) throws SQLException {
    try (Connection connection = contests.getConnection();
        Statement select = connection.createStatement();
        ResultSet rows = select.executeQuery(UNFINISHED)) {
      List<BeatPlan.Unfinished> found = new ArrayList<>();
      while (rows.next()) {
        Timestamp closesAt = rows.getTimestamp(1);
        found.add(new BeatPlan.Unfinished(closesAt.toInstant()));
      }
      return found;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    http.shutdownNow();
  }
}
