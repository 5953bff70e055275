package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.Count;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the counts again and again, in the tally and as the public sees them. */
final class WatchCounts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchCounts.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern VOTES = Pattern.compile("\"votes\":(\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final KeptRows rows;
  private final URI origin;
  private final List<String> laws;
  private final List<Count> seen = new ArrayList<>();
  private final Thread thread;

  private WatchCounts(KeptRows rows, URI origin, List<String> laws) {
    this.rows = rows;
    this.origin = origin;
    this.laws = List.copyOf(laws);
    this.thread = Thread.ofVirtual().unstarted(this::watch);
  }

  static WatchCounts start(KeptRows rows, URI origin, List<String> laws) {
    WatchCounts watch = new WatchCounts(rows, origin, laws);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        for (String law : laws) {
          look(law);
        }
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(String law) throws InterruptedException {
    try {
      rows.of(law)
          .tally()
          .forEach((choice, votes) -> see(new Count(law + ", " + choice + " in the tally", votes)));
      HttpRequest request =
          HttpRequest.newBuilder(origin.resolve("/api/v1/results/" + law))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      List<Long> votes =
          VOTES
              .matcher(response.body())
              .results()
              .map(match -> Long.valueOf(match.group(1)))
              .toList();
      if (response.statusCode() == 200 && !votes.isEmpty()) {
        see(new Count(law + ", all in the results", votes.stream().mapToLong(v -> v).sum()));
      }
    } catch (SQLException | IOException away) {
      LOG.debug("counts cannot be seen now", away);
    }
  }

  private synchronized void see(Count count) {
    seen.add(count);
  }

  synchronized List<Count> seen() {
    return List.copyOf(seen);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
    http.shutdownNow();
  }
}
