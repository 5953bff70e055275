package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.scrutin.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is to be found at the one address of {@code up}, and what is not. */
class PublicAddressTest {
  /** For pages and machines of ours; not a part of the API. */
  private static final Set<String> NOT_IN_THE_API = Set.of("/", "/stats", "/health");

  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^  (/[^:]*):");

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 10, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    client.vote(system.voters().getFirst(), "oui", "first").join();
    client.vote(system.voters().getFirst(), "oui", "second").join();
    Books books = new Books(system.servers().owner());
    Await.until(
        () ->
            books.ballots() == 1
                && books.number("SELECT count(*) FROM audit.duplicate_attempts") == 1,
        "a vote is counted and its duplicate numbered");
    client.get("/api/v1/results/" + DemoReferendum.LAW_ID);
  }

  @AfterAll
  static void stop() {
    client.close();
    system.close();
  }

  @Test
  void showsEveryMetricFromTheFirstDay() {
    Await.until(
        () -> client.get("/prometheus").body().contains("votes_by_law"), "counts are shown");
    assertThat(client.get("/prometheus").body())
        .contains(
            "votes_submitted_total",
            "votes_validated_total{",
            "votes_per_second",
            "validation_latency_seconds",
            "api_request_duration_seconds",
            "duplicate_attempts_total 1.0",
            "votes_by_law{",
            "nats_consumer_pending{",
            "redis_memory_used_bytes",
            "postgres_connections{");
  }

  @Test
  void describesEveryPathItServesAndNoOther() {
    Set<String> documented = new TreeSet<>();
    Matcher paths = DOCUMENTED.matcher(client.get("/openapi.yaml").body());
    while (paths.find()) {
      documented.add(paths.group(1));
    }
    Set<String> served =
        ((OneProcess) system.functions())
            .context()
            .getBean(Router.class)
            .uriRoutes()
            .map(route -> route.getUriMatchTemplate().toPathString())
            .filter(path -> !NOT_IN_THE_API.contains(path) && !path.startsWith("/{file"))
            .collect(Collectors.toCollection(TreeSet::new));
    // The management endpoint serves readiness by its selector.
    served.remove("/health/{selector}");
    served.add("/health/readiness");
    assertThat(served).isEqualTo(documented);
  }

  /** Whoever could post events could make votes. */
  @Test
  void takesNoEventsFromOutside() throws Exception {
    for (String function : Settings.FUNCTIONS) {
      URI events = system.url().resolve("/events/" + function);
      try (HttpClient http = HttpClient.newHttpClient()) {
        HttpRequest request =
            HttpRequest.newBuilder(events)
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(HttpRequest.BodyPublishers.ofString("[]"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
      }
    }
  }

  @Test
  void isReadyAndShowsItsPage() {
    assertThat(client.get("/api/v1/health").statusCode()).isEqualTo(200);
    assertThat(client.get("/health/readiness").statusCode()).isEqualTo(200);
    assertThat(client.get("/").body()).contains("<html", "lang=");
    assertThat(client.get("/nothing-here").statusCode()).isEqualTo(404);
  }
}
