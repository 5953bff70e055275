package io.scrutin.audit;

import static io.scrutin.audit.Notes.CLOSES;
import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.duplicate;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.tag;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventParked;
import io.scrutin.event.Fact;
import io.scrutin.event.Outcome;
import io.scrutin.event.Outcome.Status;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.step.Answer;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The step against a real Postgres, as its restricted role. */
class AuditVotesTest {
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final AuditTables tables = new AuditTables(database);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AuditVotes audit = audit();

  private AuditVotes audit() {
    DataSource source = database.dataSource("audit");
    return new AuditVotes(new AuditBook(source), new Trails(source), new AuditMetrics(meters));
  }

  private static Event cast(int voter, int vote) {
    SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[] {1}));
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    return stamped(
        new VoteCast(vote(vote), LAW, tag(voter), sealed, mac), DURING.plusSeconds(vote));
  }

  private static Event recorded(int vote) {
    return stamped(new VoteRecorded(vote(vote), LAW), DURING.plusSeconds(vote));
  }

  private static Event rejected(int vote, Reason reason) {
    return stamped(new VoteRejected(vote(vote), LAW, reason), DURING.plusSeconds(vote));
  }

  private static Event parked(int vote) {
    return stamped(
        new EventParked(
            "verify", "VOTES", vote, "s", DURING, "Not from submit", vote(vote), LAW, null),
        DURING.plusSeconds(vote));
  }

  private @Nullable Outcome outcome(int vote) throws SQLException {
    Event question = stamped(new OutcomeAsked(vote(vote)), DURING);
    Answer answer = audit.answer(List.of(question)).getFirst();
    Fact told = ((Answer.Emit) answer).facts().getFirst();
    return ((OutcomeTold) told).outcome();
  }

  @Test
  void answersNothingToWhatItWritesDown() throws SQLException {
    assertThat(audit.answer(List.of(cast(1, 10), recorded(10), duplicate(1, 11))))
        .containsExactly(Answer.nothing(), Answer.nothing(), Answer.nothing());
  }

  @Test
  void writesTheTrailUnderTheStampsOfTheBroker() throws SQLException {
    audit.answer(List.of(cast(1, 10)));
    audit.answer(List.of(recorded(10)));
    assertThat(
            tables.rows(
                "SELECT step || ' ' || law_id || ' ' || extract(epoch FROM at)::bigint"
                    + " FROM audit.vote_audit ORDER BY step"))
        .containsExactly(
            "1 law-1 " + DURING.plusSeconds(10).getEpochSecond(),
            "2 law-1 " + DURING.plusSeconds(10).getEpochSecond());
  }

  @Test
  void changesNothingWhenEverythingIsReplayed() throws SQLException {
    List<Event> all =
        new ArrayList<>(
            List.of(
                cast(1, 10),
                recorded(10),
                duplicate(1, 11),
                duplicate(1, 12),
                rejected(13, Reason.UNKNOWN_CREDENTIAL),
                parked(14),
                stamped(new ContestOpened(Notes.contest(Visibility.LIVE)), DURING),
                stamped(new ContestClosed(LAW, CLOSES), DURING)));
    audit.answer(all);
    List<String> before = tables.content();
    audit.answer(all);
    Collections.reverse(all);
    all.forEach(event -> assertThat(audit.apply(List.of(event, event))).hasSize(2));
    assertThat(tables.content()).isEqualTo(before);
    assertThat(meters.counter("duplicate.attempts").count()).isEqualTo(2);
  }

  @Test
  void numbersTheAttemptsOfAVoterFromTwoOn() throws SQLException {
    audit.answer(List.of(duplicate(1, 12), duplicate(2, 20), duplicate(1, 11)));
    audit.answer(List.of(duplicate(1, 13), duplicate(1, 12)));
    assertThat(
            tables.rows(
                "SELECT encode(substr(vote_id, 4, 1), 'hex') || ' ' || attempt"
                    + " FROM audit.duplicate_attempts ORDER BY vote_id"))
        .containsExactly("0b 2", "0c 3", "0d 4", "14 2");
  }

  @Test
  void queuesForReviewWhatWasRejectedOrParkedOnceAVote() throws SQLException {
    audit.answer(List.of(parked(10), rejected(11, Reason.TOO_LATE)));
    audit.answer(List.of(rejected(10, Reason.UNKNOWN_CREDENTIAL)));
    assertThat(tables.rows("SELECT reason FROM audit.review_queue ORDER BY vote_id"))
        .containsExactly("verify.not_from_submit", "too_late");
    assertThat(tables.miscounts()).isEmpty();
  }

  @Test
  void logsAChangeOfAContestOnceThoughItsOutboxPublishesItTwice() throws SQLException {
    ContestClosed closed = new ContestClosed(LAW, CLOSES);
    Event first =
        new Event(closed.eventId(), "contests", DURING, null, null, DURING.plusMillis(1), closed);
    Event again =
        new Event(closed.eventId(), "contests", DURING, null, null, DURING.plusMillis(9), closed);
    audit.answer(List.of(first));
    audit.answer(List.of(again));
    assertThat(tables.rows("SELECT law_id || ' ' || what FROM audit.contest_log"))
        .containsExactly("law-1 closes 2026-06-02T08:00:00Z");
  }

  @Test
  void writesAllOfABatchOrNothing() throws SQLException {
    tables.run("REVOKE UPDATE ON audit.turnout FROM scrutin_audit");
    tables.run("REVOKE INSERT ON audit.turnout FROM scrutin_audit");
    List<Event> batch = List.of(cast(1, 10), duplicate(1, 11), parked(12));
    assertThatThrownBy(() -> audit.answer(batch)).isInstanceOf(SQLException.class);
    assertThat(tables.content()).isEmpty();
    tables.run("GRANT INSERT, UPDATE ON audit.turnout TO scrutin_audit");
    audit.answer(batch);
    assertThat(tables.rows("SELECT attempt FROM audit.duplicate_attempts")).containsExactly("2");
    assertThat(tables.miscounts()).isEmpty();
  }

  @Test
  void mayNotRewriteWhatItWrote() throws SQLException {
    audit.answer(List.of(cast(1, 10), duplicate(1, 11)));
    for (String table : List.of("vote_audit", "duplicate_attempts", "review_queue")) {
      try (Connection connection = database.dataSource("audit").getConnection();
          Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute("UPDATE audit." + table + " SET at = now()"))
            .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> statement.execute("DELETE FROM audit." + table))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void tellsEachVoterWhatBecameOfTheirVote() throws SQLException {
    audit.answer(
        List.of(
            cast(1, 10),
            cast(1, 11),
            cast(2, 20),
            cast(3, 30),
            cast(4, 40),
            recorded(10),
            duplicate(1, 11),
            rejected(20, Reason.UNKNOWN_CREDENTIAL),
            parked(30)));
    assertThat(outcome(10))
        .isEqualTo(new Outcome(Status.RECORDED, 1, null, DURING.plusSeconds(10)));
    assertThat(outcome(11))
        .isEqualTo(new Outcome(Status.DUPLICATE, 2, null, DURING.plusSeconds(11)));
    assertThat(outcome(20))
        .isEqualTo(
            new Outcome(Status.REJECTED, null, "unknown_credential", DURING.plusSeconds(20)));
    assertThat(outcome(30))
        .isEqualTo(
            new Outcome(Status.PARKED, null, "verify.not_from_submit", DURING.plusSeconds(30)));
    assertThat(outcome(40))
        .isEqualTo(new Outcome(Status.RECEIVED, null, null, DURING.plusSeconds(40)));
    assertThat(outcome(50)).isNull();
  }

  @Test
  void doesNotUnsayARecordedVoteWhenItsRetryComesTooLate() throws SQLException {
    audit.answer(List.of(cast(1, 10), recorded(10)));
    audit.answer(List.of(rejected(10, Reason.TOO_LATE), parked(10)));
    assertThat(outcome(10)).extracting(Outcome::status).isEqualTo(Status.RECORDED);
  }

  @Test
  void answersAQuestionFromWhatCameInTheSameBatch() throws SQLException {
    Event question = stamped(new OutcomeAsked(vote(10)), DURING);
    List<Answer> answers = audit.answer(List.of(question, recorded(10)));
    assertThat(answers)
        .containsExactly(
            Answer.emit(
                new OutcomeTold(
                    vote(10), new Outcome(Status.RECORDED, 1, null, DURING.plusSeconds(10)))),
            Answer.nothing());
  }

  /**
   * Two replicas get the same events in different batches and orders, over and over: attempts that
   * share voters, and the casts and rejections between them.
   */
  @Test
  void agreesWithAnotherAuditorOnTheSameEvents() throws Exception {
    Random random = new Random(20_260_601);
    List<Event> events = new ArrayList<>();
    for (int number = 0; number < 400; number++) {
      int voter = number % 7;
      events.add(cast(voter, number));
      events.add(
          switch (number % 4) {
            case 0 -> rejected(number, Reason.UNKNOWN_CREDENTIAL);
            case 1 -> recorded(number);
            default -> duplicate(voter, number);
          });
    }
    try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> replica :
          replicas.invokeAll(
              IntStream.range(0, 4).mapToObj(_ -> inBatches(events, random.nextLong())).toList())) {
        assertThat(replica.get()).isEqualTo(events.size());
      }
    }
    assertThat(tables.gaps()).isEmpty();
    assertThat(tables.miscounts()).isEmpty();
    assertThat(tables.rows("SELECT count(*) FROM audit.duplicate_attempts")).containsExactly("200");
    assertThat(tables.rows("SELECT count(*) FROM audit.vote_audit")).containsExactly("800");
    assertThat(tables.rows("SELECT count(*) FROM audit.review_queue")).containsExactly("100");
    assertThat(meters.counter("duplicate.attempts").count()).isEqualTo(200);
  }

  private Callable<Integer> inBatches(List<Event> events, long seed) {
    List<Event> own = new ArrayList<>(events);
    Collections.shuffle(own, new Random(seed));
    return () -> {
      AuditVotes replica = audit();
      int answered = 0;
      for (int from = 0; from < own.size(); from += 50) {
        List<Event> batch = own.subList(from, Math.min(from + 50, own.size()));
        answered += replica.answer(batch).size();
      }
      return answered;
    };
  }
}
