package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.duplicate;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.tag;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.Decisions.Taken;
import io.scrutin.audit.ReviewDecision.Word;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.Event;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Duplicates, refusals and the review queue with its decisions. */
class AuditListsTest {
  private static AuditServer server;

  @BeforeAll
  static void start() throws SQLException {
    server = new AuditServer();
    server.open(Notes.contest(Visibility.LIVE));
    List<Event> events = new ArrayList<>();
    for (int number = 100; number < 160; number++) {
      events.add(duplicate(1, number));
    }
    events.add(rejected(200, Reason.UNKNOWN_CREDENTIAL));
    events.add(rejected(201, Reason.TOO_LATE));
    events.add(rejected(202, Reason.UNKNOWN_CREDENTIAL));
    server.take(events);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Event rejected(int vote, Reason reason) {
    return stamped(new VoteRejected(vote(vote), LAW, reason), DURING.plusSeconds(vote));
  }

  @Test
  void pagesThroughTheDuplicatesNewestFirst() throws Exception {
    List<Object> seen = new ArrayList<>();
    String after = "";
    do {
      Map<?, ?> page = server.json(server.get("/api/v1/audit/law-1/duplicates?limit=25" + after));
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
    String body = server.get("/api/v1/audit/law-1/duplicates?limit=200").body();
    assertThat(body).doesNotContain(tag(1).bytes().hex().substring(0, 16)).doesNotContain("tag");
  }

  @Test
  void countsRefusalsByReason() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/law-1/refusals");
    assertThat(response.body())
        .isEqualTo(
            "{\"law_id\":\"law-1\",\"rejected\":3,\"reasons\":["
                + "{\"reason\":\"unknown_credential\",\"count\":2},"
                + "{\"reason\":\"too_late\",\"count\":1}]}");
    assertThat(response.headers().firstValue("Cache-Control")).contains("public, max-age=5");
  }

  @Test
  void listsWhatAPersonShouldLookAtWithTheLatestDecision() throws Exception {
    assertThat(decide(201, Word.ESCALATED, null)).isEqualTo(Taken.WRITTEN);
    assertThat(decide(201, Word.UPHELD, "cast at 20:00:03")).isEqualTo(Taken.WRITTEN);
    assertThat(server.get("/api/v1/audit/law-1/review-queue").body())
        .matches(
            ("\\{\"items\":\\[\\{\"request_id\":\"%s\",\"reason\":\"unknown_credential\",\"at\":\"%s\"},"
                    + "\\{\"request_id\":\"%s\",\"reason\":\"too_late\",\"at\":\"%s\",\"decision\":"
                    + "\\{\"decision\":\"upheld\",\"author\":\"A. Clerk\",\"note\":\"cast at 20:00:03\","
                    + "\"at\":\"[^\"]+\"}},.*]}")
                .formatted(vote(202), DURING.plusSeconds(202), vote(201), DURING.plusSeconds(201)));
  }

  @Test
  void writesADecisionThatComesTwiceOnce() throws SQLException {
    assertThat(decide(200, Word.DISMISSED, "a probe")).isEqualTo(Taken.WRITTEN);
    assertThat(decide(200, Word.DISMISSED, "a probe")).isEqualTo(Taken.KNOWN);
    assertThat(
            server
                .tables()
                .rows("SELECT count(*) FROM audit.review_decision WHERE decision = 'dismissed'"))
        .containsExactly("1");
  }

  @Test
  void takesNoDecisionOnAVoteThatIsNotInTheQueue() throws SQLException {
    assertThat(decide(100, Word.UPHELD, null)).isEqualTo(Taken.NOT_IN_QUEUE);
  }

  private static Taken decide(int vote, Word word, @Nullable String note) throws SQLException {
    try (Connection connection = server.database().dataSource("audit").getConnection()) {
      return Decisions.take(
          connection, new ReviewDecision(vote(vote), LAW, word, "A. Clerk", note));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "after=x"})
  void refusesAPageOutOfBounds(String query) throws Exception {
    HttpResponse<String> response = server.get("/api/v1/audit/law-1/review-queue?" + query);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .contains("\"field\":\"" + query.substring(0, query.indexOf('=')) + "\"");
  }
}
