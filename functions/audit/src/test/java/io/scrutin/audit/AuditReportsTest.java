package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.OPENS;
import static io.scrutin.audit.Notes.duplicate;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.tag;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.Event;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.testing.Await;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of a contest that is over and of one that runs, as everybody may see them. */
class AuditReportsTest {
  private static final String RUNNING = "law-running";
  private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private static final String FOUR_HOURS_AGO = HOUR.minus(Duration.ofHours(4)).toString();

  private static AuditServer server;

  @BeforeAll
  static void start() throws SQLException {
    server = new AuditServer();
    server.open(Notes.contest(Visibility.LIVE));
    server.open(
        Notes.contest(
            RUNNING,
            new ResultsPolicy(Visibility.LIVE, 10),
            HOUR.minus(Duration.ofHours(4)),
            HOUR.plus(Duration.ofHours(9))));
    fillTheOneThatIsOver();
    fillTheOneThatRuns();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Three votes recorded, of which two are in the box; 60 duplicates, one rejected. */
  private static void fillTheOneThatIsOver() throws SQLException {
    List<Event> events = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      events.add(stamped(new VoteRecorded(vote(number), LAW), DURING.plusSeconds(number)));
    }
    for (int number = 100; number < 160; number++) {
      events.add(duplicate(1, number));
    }
    events.add(stamped(new VoteRejected(vote(200), LAW, Reason.UNKNOWN_CREDENTIAL), DURING));
    server.take(events);
    AuditTables tables = server.tables();
    tables.run("INSERT INTO roll.roll (law_id, size, scheme) VALUES ('law-1', 7, 'hmac-sha256')");
    server.record(LAW, 1, 3);
    tables.run(
        "INSERT INTO store.participation (law_id, tag, vote_id) VALUES ('law-1', decode('%s', 'hex'), decode('%s', 'hex'))"
            .formatted(tag(3).bytes().hex(), vote(3)));
    tables.run(
        "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed) VALUES"
            + " ('law-1', decode('%s', 'hex'), 1, 'key-1', '\\x00')".formatted(vote(3)));
  }

  /** 33 votes in its first hour, 8 in its third, 45 in the one that runs; a 46th waits. */
  private static void fillTheOneThatRuns() throws SQLException {
    List<Event> events = new ArrayList<>();
    for (int number = 1000; number < 1086; number++) {
      Instant at =
          number < 1033
              ? HOUR.minus(Duration.ofHours(4))
              : number < 1041 ? HOUR.minus(Duration.ofHours(2)) : HOUR;
      events.add(cast(number, at.plusMillis(number)));
      events.add(stamped(new VoteRecorded(vote(number), RUNNING), at.plusMillis(number + 250)));
    }
    events.add(cast(1086, HOUR.minus(Duration.ofMinutes(90)).plusSeconds(1)));
    server.take(events);
    server.record(RUNNING, 1000, 1086);
  }

  private static Event cast(int number, Instant at) {
    SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[] {1}));
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    return stamped(new VoteCast(vote(number), RUNNING, tag(number), sealed, mac), at);
  }

  @Test
  void reportsTheTurnout() throws Exception {
    assertThat(server.get("/api/v1/audit/law-1/turnout").body())
        .isEqualTo(
            "{\"law_id\":\"law-1\",\"cast\":0,\"recorded\":3,\"duplicated\":60,\"rejected\":1,"
                + "\"parked\":0,\"step\":1,\"exact\":true,\"roll_size\":7,\"turnout_percent\":42.86}");
  }

  @Test
  void tellsOfAContestThatRunsNoSingleVote() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/law-running/turnout");
    assertThat(response.body())
        .isEqualTo(
            "{\"law_id\":\"law-running\",\"cast\":70,\"recorded\":70,\"duplicated\":0,\"rejected\":0,"
                + "\"parked\":0,\"step\":10,\"exact\":false}");
    assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=5");
  }

  @Test
  void tellsTheHoursThatAreOverMergedUntilTheyHideEachVote() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/law-running/hours");
    Map<?, ?> report = server.json(response);
    List<?> intervals = (List<?>) report.get("intervals");
    assertThat(intervals)
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .startsWith(
            Map.of(
                "from",
                FOUR_HOURS_AGO,
                "until",
                HOUR.minus(Duration.ofHours(3)).toString(),
                "recorded",
                20),
            Map.of(
                "from",
                HOUR.minus(Duration.ofHours(3)).toString(),
                "until",
                HOUR.minus(Duration.ofHours(1)).toString(),
                "recorded",
                10));
    assertThat(report.get("exact")).isEqualTo(false);
    assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=60");
  }

  @Test
  void tellsTheHoursOfAContestThatIsOverToTheLastVote() throws Exception {
    assertThat(server.get("/api/v1/audit/law-1/hours").body())
        .isEqualTo(
            "{\"law_id\":\"law-1\",\"step\":1,\"exact\":true,\"recorded\":3,\"intervals\":["
                + "{\"from\":\"2026-06-01T08:00:00Z\",\"until\":\"2026-06-01T10:00:00Z\",\"recorded\":3}]}");
  }

  @Test
  void saysThatAVoteIsStuckAndNotSinceWhen() throws Exception {
    Map<?, ?> report = server.json(server.get("/api/v1/audit/law-running/health"));
    assertThat(report.get("state")).isEqualTo("stuck");
    assertThat(report.get("waiting")).isEqualTo(0);
    assertThat(report.get("oldest_waiting_since")).isNull();
    assertThat(report.get("lag"))
        .isEqualTo(Map.of("votes", 70, "median_seconds", 1.0, "p95_seconds", 1.0));
    assertThat((List<?>) report.get("stages"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .startsWith(Map.of("stage", "cast", "count", 70));
  }

  @Test
  void saysThatNothingWaitsWhenAllIsOver() throws Exception {
    Map<?, ?> report = server.json(server.get("/api/v1/audit/law-1/health"));
    assertThat(report.get("state")).isEqualTo("idle");
    assertThat((List<?>) report.get("stages"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(
            Map.of("stage", "recorded", "count", 3, "last_at", DURING.plusSeconds(3).toString()));
  }

  @Test
  void findsThatTheTablesAgree() throws Exception {
    Map<?, ?> report = server.json(server.get("/api/v1/audit/law-1/integrity"));
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
  void comparesFiguresThatItDoesNotTell() throws Exception {
    Map<?, ?> report = server.json(server.get("/api/v1/audit/law-running/integrity"));
    assertThat(report.get("ok")).isEqualTo(true);
    assertThat(report.get("participations")).isEqualTo(70);
    assertThat((List<?>) report.get("checks"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(Map.of("name", "participations_are_ballots", "difference", 0, "ok", true));
  }

  @Test
  void findsABallotThatWasStuffedIntoTheBox() throws Exception {
    server.open(
        Notes.contest(
            "law-at-close",
            new ResultsPolicy(Visibility.AT_CLOSE, 1),
            OPENS,
            Instant.now().plusSeconds(3600)));
    server.tables().run("INSERT INTO tally.ballot_box VALUES ('law-at-close', 'non')");
    // A law that was just asked for in vain is looked up again soon.
    Await.until(
        () -> server.get("/api/v1/audit/law-at-close/turnout").statusCode() == 200,
        "the law is known");
    HttpResponse<String> response = server.get("/api/v1/audit/law-at-close/integrity");
    assertThat(server.json(response).get("ok")).isEqualTo(false);
    assertThat(server.json(response).get("checks"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .contains(Map.of("name", "tally_is_recount", "difference", 1, "ok", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turnout",
        "hours",
        "refusals",
        "health",
        "integrity",
        "review-queue",
        "duplicates"
      })
  void knowsNoLawWithoutAContest(String report) throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/no-such-law/" + report);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("urn:scrutin:problem:unknown-law");
  }

  @ParameterizedTest
  @CsvSource({"en, Unknown law", "fr, Loi inconnue"})
  void refusesInTheLanguageOfWhoAsks(String language, String title) throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/no-such-law/hours", language);
    assertThat(server.json(response).get("title")).isEqualTo(title);
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void readsReportsFromTheReplicaAndOutcomesFromTheBooks() throws Exception {
    String refusals = "/api/v1/audit/law-1/refusals";
    server.readingWire().cut();
    try {
      assertThat(server.get("/api/v1/vote/" + vote(1)).statusCode()).isEqualTo(200);
      assertThat(server.get(refusals).statusCode()).isEqualTo(503);
    } finally {
      server.readingWire().heal();
    }
    Await.until(() -> server.get(refusals).statusCode() == 200, "the replica is found again");
  }
}
