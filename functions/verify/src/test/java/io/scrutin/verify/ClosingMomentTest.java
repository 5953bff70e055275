package io.scrutin.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scrutin.ballot.CastMac;
import io.scrutin.contest.Contests;
import io.scrutin.contest.RecordedVotes;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import io.scrutin.redis.RedisLink;
import io.scrutin.step.Answer;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vote stamped before the end counts and one stamped at it does not, whatever the delays. */
class ClosingMomentTest {
  private static final String LAW = "law-1";
  private static final Instant NOW = Instant.parse("2026-06-01T09:00:00Z");
  private static final Instant OPENS = NOW.minusSeconds(3600);
  private static final Instant PLANNED = NOW.plusSeconds(3600);

  /** The least that a closing is set ahead. */
  private static final Duration MARGIN = Duration.ofSeconds(15);

  private static final VoteId VOTE = VoteId.of(new byte[VoteId.LENGTH_BYTES]);
  private static final Tag VOTER = Tag.of(new byte[Tag.LENGTH_BYTES]);

  private final TestDatabase database = TestPostgres.freshDatabase();
  private final TcpProxy wire =
      TcpProxy.to(Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1")));
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final CastMac mac = new CastMac(new byte[32]);
  private RedisLink redis;

  @BeforeEach
  void contestAndRoll() throws SQLException {
    redis = new RedisLink(TestRedis.url());
    LocalText text = new LocalText("texte", "text");
    Contest contest =
        new Contest(
            LAW,
            text,
            text,
            List.of(new Contest.Choice("oui", text), new Contest.Choice("non", text)),
            OPENS,
            PLANNED,
            new Contest.ResultsPolicy(Contest.ResultsPolicy.Visibility.AT_CLOSE, 30),
            "hmac-sha256",
            new Contest.BallotKey("key-1", Bytes.of(new byte[32])));
    database.open(contest);
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement roll = connection.createStatement()) {
      roll.execute(
          "INSERT INTO roll.roll (law_id, size, scheme, complete_at)"
              + " VALUES ('law-1', 1, 'hmac-sha256', now())");
      roll.execute(
          "INSERT INTO roll.voter SELECT number, '\\x%s' FROM roll.roll"
              .formatted(VOTER.bytes().hex()));
    }
  }

  @AfterEach
  void disconnect() {
    redis.close();
    wire.close();
  }

  /** A replica that has just started. */
  private VerifyVotes replica() {
    TestDatabase throughWire = new TestDatabase(wire.through(database.jdbcUrl()));
    return new VerifyVotes(
        mac,
        new Contests(
            throughWire.dataSource("verify"), new EventCodec(), now::get, System::nanoTime),
        new Roll(redis, database.dataSource("verify"), TestRedis.freshPrefix()),
        new RecordedVotes(throughWire.dataSource("verify")),
        new VerifyMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));
  }

  private void closeAt(Instant moment) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        PreparedStatement update =
            connection.prepareStatement("UPDATE contests.contest SET closes_at = ?")) {
      update.setTimestamp(1, Timestamp.from(moment));
      update.executeUpdate();
    }
  }

  private String verdict(VerifyVotes replica, Instant stampedAt) throws SQLException {
    VoteId voteId = VOTE;
    SealedChoice sealed = new SealedChoice(1, "key-1", Bytes.of(new byte[64]));
    VoteCast cast = new VoteCast(voteId, LAW, VOTER, sealed, mac.of(voteId, LAW, VOTER, sealed));
    Event event = new Event(cast.eventId(), "submit", stampedAt, null, null, stampedAt, cast);
    return switch (replica.answer(List.of(event)).getFirst()) {
      case Answer.Emit emit ->
          switch (emit.facts().getFirst()) {
            case VoteVerified _ -> "counts";
            case VoteRejected rejected -> rejected.reason().name();
            case Fact other -> other.toString();
          };
      case Answer.Nothing nothing -> nothing.toString();
      case Answer.Retry retry -> retry.toString();
      case Answer.Park park -> park.toString();
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 60, 86_400, 30 * 86_400})
  void theStampDecidesHoweverLateAVoteIsDelivered(long secondsAfterTheEnd) throws SQLException {
    now.set(PLANNED.plusSeconds(secondsAfterTheEnd));
    VerifyVotes replica = replica();
    assertThat(verdict(replica, PLANNED.minusMillis(1))).isEqualTo("counts");
    assertThat(verdict(replica, PLANNED)).isEqualTo("TOO_LATE");
    assertThat(verdict(replica, OPENS.minusMillis(1))).isEqualTo("TOO_EARLY");
    assertThat(verdict(replica, OPENS)).isEqualTo("counts");
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 0, 5})
  void aStaleReplicaDecidesAsOneThatJustRead(long secondsTheBrokerIsAhead) throws SQLException {
    VerifyVotes stale = replica();
    assertThat(verdict(stale, NOW.minusSeconds(1))).isEqualTo("counts");
    Instant end = NOW.plus(MARGIN);
    closeAt(end);
    for (int tenths = 0; tenths <= 300; tenths += 5) {
      Instant moment = NOW.plusMillis(100L * tenths);
      Instant stamp = moment.plusSeconds(secondsTheBrokerIsAhead);
      now.set(moment);
      assertThat(verdict(stale, stamp))
          .as("stamped %s, judged %s", stamp, moment)
          .isEqualTo(stamp.isBefore(end) ? "counts" : "TOO_LATE")
          .isEqualTo(verdict(replica(), stamp));
    }
  }

  @Test
  void aReplicaThatCannotReadDecidesNothingByAnOldView() throws SQLException {
    VerifyVotes replica = replica();
    assertThat(verdict(replica, NOW.minusSeconds(1))).isEqualTo("counts");
    Instant end = NOW.plus(MARGIN);
    closeAt(end);
    wire.cut();
    now.set(NOW.plusSeconds(10));
    assertThatThrownBy(() -> verdict(replica, end)).isInstanceOf(SQLException.class);
    wire.heal();
    now.set(NOW.plusSeconds(20));
    assertThat(verdict(replica, end)).isEqualTo("TOO_LATE");
    assertThat(verdict(replica, end.minusMillis(1))).isEqualTo("counts");
  }

  private void record(VoteId voteId) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO store.participation (law_id, tag, vote_id) VALUES (?, ?, ?)")) {
      insert.setString(1, LAW);
      insert.setBytes(2, VOTER.bytes().toArray());
      insert.setBytes(3, voteId.bytes().toArray());
      insert.executeUpdate();
    }
  }

  @Test
  void aRetryOfARecordedVoteIsNeverToldThatItWasTooLate() throws SQLException {
    record(VOTE);
    assertThat(verdict(replica(), PLANNED)).isEqualTo("counts");
  }

  @Test
  void anotherVoteOfWhoeverHasVotedIsTooLateAllTheSame() throws SQLException {
    record(VoteId.parse("11".repeat(VoteId.LENGTH_BYTES)));
    assertThat(verdict(replica(), PLANNED)).isEqualTo("TOO_LATE");
  }

  @Test
  void aReplicaThatStartsWithoutPostgresDecidesNothing() {
    wire.cut();
    VerifyVotes replica = replica();
    assertThatThrownBy(() -> verdict(replica, NOW)).isInstanceOf(SQLException.class);
  }

  @Test
  void aRestartAndAReplayDecideTheSameOnBothSidesOfAnEarlyEnd() throws SQLException {
    Instant end = NOW.plus(MARGIN);
    closeAt(end);
    for (long days : List.of(0L, 1L, 400L)) {
      now.set(end.plus(Duration.ofDays(days)));
      VerifyVotes restarted = replica();
      assertThat(verdict(restarted, end.minusMillis(1))).isEqualTo("counts");
      assertThat(verdict(restarted, end)).isEqualTo("TOO_LATE");
      assertThat(verdict(restarted, PLANNED.minusMillis(1))).isEqualTo("TOO_LATE");
    }
  }
}
