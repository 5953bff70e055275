package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.duplicate;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.testing.Await;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as they go out, from a real Postgres read as the restricted role. */
class AuditPagesTest {
  private static AuditServer server;

  @BeforeAll
  static void start() throws SQLException {
    server = new AuditServer();
    server.take(
        List.of(
            stamped(new VoteRecorded(vote(1), LAW), DURING.plusSeconds(1)),
            duplicate(1, 100),
            stamped(new VoteRejected(vote(200), LAW, Reason.UNKNOWN_CREDENTIAL), DURING)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tellsTheOutcomeOfAVote() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/vote/" + vote(1));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"request_id\":\"%s\",\"status\":\"recorded\",\"attempt_count\":1,\"reason\":null,\"at\":\"%s\"}"
                .formatted(vote(1), DURING.plusSeconds(1)));
    assertThat(response.headers().firstValue("Cache-Control")).contains("private, max-age=3600");
  }

  @Test
  void letsNobodyKeepAnOutcomeThatMayChange() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/vote/" + vote(200));
    assertThat(server.json(response).get("status")).isEqualTo("rejected");
    assertThat(server.json(response).get("reason")).isEqualTo("unknown_credential");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void knowsNoVoteThatWasNotCast() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/vote/" + vote(999));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(server.json(response).get("type")).isEqualTo("urn:scrutin:problem:unknown-vote");
    assertThat(server.get("/api/v1/audit/votes/" + vote(999)).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/vote/nonsense", "/api/v1/audit/votes/nonsense"})
  void refusesARequestIdOfAnotherForm(String path) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"field\":\"request_id\"").doesNotContain("nonsense");
  }

  @Test
  void tellsTheTrailOfAVote() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/votes/" + vote(100));
    assertThat(response.body())
        .isEqualTo(
            "{\"request_id\":\"%s\",\"law_id\":\"law-1\",\"steps\":[{\"step\":\"duplicated\",\"at\":\"%s\",\"attempt\":2}]}"
                .formatted(vote(100), DURING.plusSeconds(100)));
  }

  @Test
  void saysLaterWhilePostgresIsAway() throws Exception {
    server.wire().cut();
    try {
      HttpResponse<String> response = server.get("/api/v1/vote/" + vote(1));
      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).contains("2");
      assertThat(response.body()).contains("urn:scrutin:problem:books-away");
    } finally {
      server.wire().heal();
    }
    // The pool may still be pausing between two attempts to connect.
    Await.until(
        () -> server.get("/api/v1/vote/" + vote(1)).statusCode() == 200, "Postgres is found again");
  }

  @Test
  void showsItsMetrics() throws Exception {
    String metrics = server.get("/prometheus").body();
    assertThat(metrics).contains("duplicate_attempts_total 1.0");
    assertThat(metrics).containsPattern("postgres_connections\\{.*pool=\"audit\"");
  }
}
