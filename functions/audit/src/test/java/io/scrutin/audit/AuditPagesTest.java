package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.duplicate;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.tag;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.testing.Await;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as they go out, from a real Postgres read as the restricted role. */
class AuditPagesTest {
  private static final TestDatabase DATABASE = TestPostgres.freshDatabase();
  private static final AuditTables TABLES = new AuditTables(DATABASE);
  private static final String SECRET_LAW = "law-at-close";

  private static TcpProxy wire;
  private static EmbeddedServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws SQLException {
    String port = DATABASE.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1");
    wire = TcpProxy.to(Integer.parseInt(port));
    server =
        ApplicationContext.builder()
            .environments("audit")
            .properties(
                Map.of(
                    "micronaut.server.port",
                    -1,
                    "scrutin.postgres-url",
                    wire.through(DATABASE.jdbcUrl()),
                    "audit.integrity-max-age",
                    "0s"))
            .run(EmbeddedServer.class);
    client = HttpClient.newHttpClient();
    open(Notes.contest(Visibility.LIVE));
    fill();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
    wire.close();
  }

  private static void open(Contest contest) throws SQLException {
    try (Connection connection = DATABASE.ownerDataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state)"
                    + " VALUES (?, ?::jsonb, ?, ?, 'open')")) {
      insert.setString(1, contest.lawId());
      insert.setString(2, new EventCodec().contestJson(contest));
      insert.setTimestamp(3, Timestamp.from(contest.opensAt()));
      insert.setTimestamp(4, Timestamp.from(contest.closesAt()));
      insert.executeUpdate();
    }
  }

  /** Three votes recorded, of which two are in the box; 60 duplicates, one rejected. */
  private static void fill() throws SQLException {
    List<Event> events = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      events.add(stamped(new VoteRecorded(vote(number), LAW), DURING.plusSeconds(number)));
    }
    for (int number = 100; number < 160; number++) {
      events.add(duplicate(1, number));
    }
    events.add(stamped(new VoteRejected(vote(200), LAW, Reason.UNKNOWN_CREDENTIAL), DURING));
    server.getApplicationContext().getBean(AuditVotes.class).answer(events);
    TABLES.run("INSERT INTO roll.roll (law_id, size, scheme) VALUES ('law-1', 7, 'hmac-sha256')");
    for (int voter = 1; voter <= 3; voter++) {
      TABLES.run(
          "INSERT INTO store.participation (law_id, tag, vote_id) VALUES ('law-1', decode('"
              + tag(voter).bytes().hex()
              + "', 'hex'), decode('"
              + vote(voter)
              + "', 'hex'))");
    }
    TABLES.run(
        "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed) VALUES"
            + " ('law-1', decode('"
            + vote(3)
            + "', 'hex'), 1, 'key-1', '\\x00')");
    TABLES.run("INSERT INTO tally.ballot_box VALUES ('law-1', 'oui'), ('law-1', 'oui')");
    TABLES.run("INSERT INTO tally.tally (law_id, choice, votes) VALUES ('law-1', 'oui', 2)");
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.getURL() + path))
            .header("Accept-Language", "en")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static Map<?, ?> json(HttpResponse<String> response) throws IOException {
    return server
        .getApplicationContext()
        .getBean(JsonMapper.class)
        .readValue(response.body(), Map.class);
  }

  @Test
  void tellsTheOutcomeOfAVote() throws Exception {
    HttpResponse<String> response = get("/api/v1/vote/" + vote(1));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"request_id\":\"%s\",\"status\":\"recorded\",\"attempt_count\":1,\"reason\":null,\"at\":\"%s\"}"
                .formatted(vote(1), DURING.plusSeconds(1)));
    assertThat(response.headers().firstValue("Cache-Control")).contains("private, max-age=3600");
  }

  @Test
  void letsNobodyKeepAnOutcomeThatMayChange() throws Exception {
    HttpResponse<String> response = get("/api/v1/vote/" + vote(200));
    assertThat(json(response).get("status")).isEqualTo("rejected");
    assertThat(json(response).get("reason")).isEqualTo("unknown_credential");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void knowsNoVoteThatWasNotCast() throws Exception {
    HttpResponse<String> response = get("/api/v1/vote/" + vote(999));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(response).get("type")).isEqualTo("urn:scrutin:problem:unknown-vote");
    assertThat(get("/api/v1/audit/votes/" + vote(999)).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/vote/nonsense", "/api/v1/audit/votes/nonsense"})
  void refusesARequestIdOfAnotherForm(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"field\":\"request_id\"").doesNotContain("nonsense");
  }

  @Test
  void tellsTheTrailOfAVote() throws Exception {
    HttpResponse<String> response = get("/api/v1/audit/votes/" + vote(100));
    assertThat(response.body())
        .isEqualTo(
            "{\"request_id\":\"%s\",\"law_id\":\"law-1\",\"steps\":[{\"step\":\"duplicated\",\"at\":\"%s\",\"attempt\":2}]}"
                .formatted(vote(100), DURING.plusSeconds(100)));
  }

  @Test
  void reportsTheTurnout() throws Exception {
    assertThat(get("/api/v1/audit/law-1/turnout").body())
        .isEqualTo(
            "{\"law_id\":\"law-1\",\"cast\":0,\"recorded\":3,\"duplicated\":60,\"rejected\":1,"
                + "\"parked\":0,\"step\":1,\"exact\":true,\"roll_size\":7,\"turnout_percent\":42.86}");
  }

  @Test
  void findsThatTheTablesAgree() throws Exception {
    Map<?, ?> report = json(get("/api/v1/audit/law-1/integrity"));
    assertThat(report.get("ok")).isEqualTo(true);
    assertThat(report.get("envelopes_waiting")).isEqualTo(1);
    assertThat(report.get("checks"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(
            Map.of(
                "name",
                "tally_is_recount",
                "choice",
                "oui",
                "expected",
                2,
                "found",
                2,
                "difference",
                0,
                "ok",
                true));
  }

  @Test
  void findsABallotThatWasStuffedIntoTheBox() throws Exception {
    Contest contest = Notes.contest(Visibility.AT_CLOSE);
    open(
        new Contest(
            SECRET_LAW,
            contest.title(),
            contest.question(),
            contest.choices(),
            contest.opensAt(),
            Instant.now().plusSeconds(3600),
            contest.policy(),
            contest.tagScheme(),
            contest.ballotKey()));
    TABLES.run("INSERT INTO tally.ballot_box VALUES ('law-at-close', 'non')");
    // A law that was just asked for in vain is looked up again soon.
    Await.until(
        () -> get("/api/v1/audit/law-at-close/turnout").statusCode() == 200, "the law is known");
    HttpResponse<String> response = get("/api/v1/audit/law-at-close/integrity");
    assertThat(json(response).get("ok")).isEqualTo(false);
    assertThat(json(response).get("checks"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(Map.of("name", "tally_is_recount", "difference", 1, "ok", false));
  }

  @Test
  void pagesThroughTheDuplicatesNewestFirst() throws Exception {
    List<Object> seen = new ArrayList<>();
    String after = "";
    do {
      Map<?, ?> page = json(get("/api/v1/audit/law-1/duplicates?limit=25" + after));
      for (Object item : (List<?>) Objects.requireNonNull(page.get("items"))) {
        seen.add(Objects.requireNonNull(((Map<?, ?>) item).get("request_id")));
      }
      after = page.get("next") == null ? "" : "&after=" + page.get("next");
    } while (!after.isEmpty());
    List<Object> newestFirst = new ArrayList<>();
    for (int number = 159; number >= 100; number--) {
      newestFirst.add(vote(number).toString());
    }
    assertThat(seen).isEqualTo(newestFirst);
  }

  @Test
  void showsOfNoDuplicateWhoseItWas() throws Exception {
    String body = get("/api/v1/audit/law-1/duplicates?limit=200").body();
    assertThat(body).doesNotContain(tag(1).bytes().hex().substring(0, 16)).doesNotContain("tag");
  }

  @Test
  void listsWhatAPersonShouldLookAt() throws Exception {
    assertThat(get("/api/v1/audit/law-1/review-queue").body())
        .isEqualTo(
            "{\"items\":[{\"request_id\":\"%s\",\"reason\":\"unknown_credential\",\"at\":\"%s\"}]}"
                .formatted(vote(200), DURING));
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "after=x"})
  void refusesAPageOutOfBounds(String query) throws Exception {
    HttpResponse<String> response = get("/api/v1/audit/law-1/review-queue?" + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"field\":\"" + query.substring(0, query.indexOf('=')) + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"turnout", "integrity", "review-queue", "duplicates"})
  void knowsNoLawWithoutAContest(String report) throws Exception {
    HttpResponse<String> response = get("/api/v1/audit/no-such-law/" + report);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("urn:scrutin:problem:unknown-law");
  }

  @Test
  void saysLaterWhilePostgresIsAway() throws Exception {
    wire.cut();
    try {
      HttpResponse<String> response = get("/api/v1/vote/" + vote(1));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("2");
      assertThat(response.body()).contains("urn:scrutin:problem:books-away");
    } finally {
      wire.heal();
    }
    assertThat(get("/api/v1/vote/" + vote(1)).statusCode()).isEqualTo(200);
  }

  @Test
  void showsItsMetrics() throws Exception {
    String metrics = get("/prometheus").body();
    assertThat(metrics).contains("duplicate_attempts_total 60.0");
    assertThat(metrics).containsPattern("postgres_connections\\{.*pool=\"audit\"");
  }
}
