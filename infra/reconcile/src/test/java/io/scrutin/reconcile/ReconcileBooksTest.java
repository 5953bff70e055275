package io.scrutin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.books.BookPlaces;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.Wake;
import io.scrutin.step.Answer;
import io.scrutin.step.DependencyAway;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestRedis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The function, on real servers. */
final class ReconcileBooksTest {
  private static final String NOBODY_THERE = "127.0.0.1:9";
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(ReconcileBooks.class);
  private static final String BREAK =
      "UPDATE tally.tally SET votes = votes + 1 WHERE choice = 'oui'";
  private static final String MEND =
      "UPDATE tally.tally SET votes = votes - 1 WHERE choice = 'oui'";

  @TempDir static Path dir;
  private static Election election;

  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };
  private final BooksWatch watch = new BooksWatch(metrics, clock);

  @BeforeAll
  static void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
  }

  @AfterAll
  static void closed() {
    election.close();
  }

  @BeforeEach
  void listen() {
    logged.start();
    LOG.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    LOG.detachAppender(logged);
  }

  private static BookPlaces places(String postgres, String nats, String redis) {
    return new BookPlaces(
        postgres, "scrutin_reconcile", "any", nats, redis, election.streams.nats.name());
  }

  private static BookPlaces places() {
    return places(election.tables.database.jdbcUrl(), election.streams.nats.url(), TestRedis.url());
  }

  private ReconcileBooks step(BookPlaces places, Duration longest) {
    return new ReconcileBooks(new LookIntoBooks(places, longest), watch, clock);
  }

  private static List<Answer> wake(ReconcileBooks step) {
    Wake wake = new Wake("heartbeat-reconcile");
    return step.answer(List.of(Event.first(wake, "test", Instant.EPOCH, null)));
  }

  private List<String> errors() {
    return logged.list.stream()
        .filter(entry -> entry.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private double differences() {
    return metrics.get("reconcile_differences").tag("law", Samples.LAW).gauge().value();
  }

  private double balancedAge() {
    return metrics.get("reconcile_balanced_age_seconds").gauge().value();
  }

  @Test
  void saysNothingOfBooksThatBalanceAndOneLineOfThoseThatDoNot() throws Exception {
    ReconcileBooks step = step(places(), LONG);
    assertThat(balancedAge()).isNaN();
    assertThat(wake(step)).containsExactly(Answer.nothing());
    assertThat(errors()).isEmpty();
    assertThat(differences()).isZero();
    election.tables.sql(BREAK);
    try {
      now = now.plusSeconds(900);
      assertThat(wake(step)).containsExactly(Answer.nothing());
    } finally {
      election.tables.sql(MEND);
    }
    assertThat(errors()).containsExactly("BOOKS_DIFFER C-12: 1 differences in tally");
    assertThat(differences()).isEqualTo(1);
    assertThat(balancedAge()).isEqualTo(900);
    assertThat(watch.last().orElseThrow().balanced()).isFalse();
  }

  @Test
  void servesTheWakesOfAMinuteWithOneLook() {
    ReconcileBooks step = step(places(), LONG);
    wake(step);
    now = now.plusSeconds(59);
    wake(step);
    assertThat(metrics.get("reconcile_look").timer().count()).isEqualTo(1);
    now = now.plusSeconds(1);
    wake(step);
    assertThat(metrics.get("reconcile_look").timer().count()).isEqualTo(2);
  }

  @Test
  void isLaterWhileABookIsAway() {
    String postgres = election.tables.database.jdbcUrl();
    String nats = election.streams.nats.url();
    List<BookPlaces> broken =
        List.of(
            places("jdbc:postgresql://" + NOBODY_THERE + "/scrutin", nats, TestRedis.url()),
            places(postgres, "nats://" + NOBODY_THERE, TestRedis.url()),
            places(postgres, nats, "redis://" + NOBODY_THERE));
    for (BookPlaces places : broken) {
      assertThatThrownBy(() -> wake(step(places, LONG))).isInstanceOf(DependencyAway.class);
    }
    assertThat(errors()).isEmpty();
    assertThat(watch.last().filter(BooksWatch.Seen::balanced)).isEmpty();
    // What was seen without Redis serves no wake: the next looks again, and finds it balanced.
    assertThat(wake(step(places(), LONG))).containsExactly(Answer.nothing());
    assertThat(watch.last().filter(BooksWatch.Seen::balanced)).isPresent();
  }

  @Test
  void saysWhatDiffersThoughRedisIsAway() throws Exception {
    BookPlaces places =
        places(
            election.tables.database.jdbcUrl(),
            election.streams.nats.url(),
            "redis://" + NOBODY_THERE);
    election.tables.sql(BREAK);
    try {
      assertThatThrownBy(() -> wake(step(places, LONG))).isInstanceOf(DependencyAway.class);
    } finally {
      election.tables.sql(MEND);
    }
    assertThat(errors()).containsExactly("BOOKS_DIFFER C-12: 1 differences in tally");
    assertThat(differences()).isEqualTo(1);
    assertThat(watch.last().orElseThrow()).matches(seen -> !seen.balanced() && !seen.compared());
  }

  @Test
  void endsALookThatTakesTooLongAlsoInPostgres() throws Exception {
    try (Connection blocking = election.tables.database.ownerDataSource().getConnection();
        var lock = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      lock.execute("LOCK TABLE store.participation IN ACCESS EXCLUSIVE MODE");
      assertThatThrownBy(() -> wake(step(places(), Duration.ofSeconds(2))))
          .isInstanceOf(DependencyAway.class);
      Await.until(() -> sessions() == 0, "Postgres works for nobody any more");
    }
  }

  private static int sessions() throws Exception {
    try (Connection connection = election.tables.database.ownerDataSource().getConnection();
        var select = connection.createStatement();
        var row =
            select.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'scrutin_reconcile'"
                    + " AND datname = current_database()")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void isAFunctionThatAPingSourceWakes() throws Exception {
    Map<String, Object> properties =
        Map.of(
            "scrutin.postgres-url", election.tables.database.jdbcUrl(),
            "scrutin.nats-url", election.streams.nats.url(),
            "scrutin.redis-url", TestRedis.url(),
            "scrutin.environment", election.streams.nats.name(),
            "micronaut.server.port", -1);
    try (ApplicationContext context = ApplicationContext.run(properties, "reconcile");
        EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest ping =
          HttpRequest.newBuilder(URI.create(server.getURI() + "/events/reconcile"))
              .header("ce-specversion", "1.0")
              .header("ce-id", "2f6b8a52-6a3e-4b0d-9d8e-d9a4f6c0b1a2")
              .header("ce-type", "dev.knative.sources.ping")
              .header("ce-source", "/apis/v1/namespaces/scrutin/pingsources/heartbeat-reconcile")
              .header("ce-time", "2026-11-21T08:00:00Z")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertThat(client.send(ping, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(204);
      URI health = URI.create(server.getURI() + "/health");
      assertThat(
              client
                  .send(
                      HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("\"balanced\":true", "\"C-12\":0");
      assertThat(context.getBean(ReconcileBooks.class).reads()).containsExactly(EventType.WAKE);
    }
  }

  @Test
  void leavesOutWhatIsPublished() throws Exception {
    election.tables.sql(
        "INSERT INTO contests.publication (law_id, document, signature)"
            + " VALUES ('C-12', '\\x00', decode(repeat('00', 64), 'hex'))");
    try {
      wake(step(places(), LONG));
    } finally {
      election.tables.sql("DELETE FROM contests.publication");
    }
    assertThat(watch.last().orElseThrow().differences()).isEmpty();
  }
}
