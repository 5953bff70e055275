package io.scrutin.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.EventCodec;
import io.scrutin.event.LocalText;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContestsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T09:00:00Z");
  private static final Instant OPENS = NOW.minusSeconds(3600);
  private static final Instant CLOSES = NOW.plusSeconds(3600);

  private final TestDatabase database = TestPostgres.freshDatabase();
  private final TcpProxy wire =
      TcpProxy.to(Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1")));
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Contests contests =
      new Contests(
          new TestDatabase(wire.through(database.jdbcUrl())).dataSource("results"),
          new EventCodec(),
          now::get,
          nanos::get);

  @AfterEach
  void removeTheWire() {
    wire.close();
  }

  private static Contest contest(String lawId) {
    LocalText text = new LocalText("texte", "text");
    return new Contest(
        lawId,
        text,
        text,
        List.of(new Choice("oui", text), new Choice("non", text)),
        OPENS,
        CLOSES,
        new ResultsPolicy(ResultsPolicy.Visibility.LIVE, 1),
        "hmac-sha256",
        new BallotKey("key-1", Bytes.of(new byte[32])));
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
    nanos.addAndGet(time.toNanos());
  }

  private void put(String lawId, String state, Instant closesAt) throws SQLException {
    database.put(contest(lawId), state, closesAt);
  }

  @Test
  void knowsWhatIsAnnouncedAndNoDraft() throws SQLException {
    put("law-open", "open", CLOSES);
    put("law-draft", "draft", CLOSES);
    assertThat(contests.find("law-open")).contains(contest("law-open"));
    assertThat(contests.find("law-draft")).isEmpty();
    assertThat(contests.all()).containsExactly(contest("law-open"));
  }

  @Test
  void looksAgainSoonForALawThatWasNotThere() throws SQLException {
    assertThat(contests.find("law-new")).isEmpty();
    put("law-new", "open", CLOSES);
    pass(Duration.ofMillis(500));
    assertThat(contests.find("law-new")).isPresent();
  }

  @Test
  void knowsAnEarlierClosingWithinTenSeconds() throws SQLException {
    Instant earlier = earlierClosing();
    pass(Contests.MAX_AGE);
    assertThat(contests.find("law-1")).map(Contest::closesAt).contains(earlier);
  }

  /** It has read of a later one. */
  private Instant earlierClosing() throws SQLException {
    put("law-1", "open", CLOSES);
    assertThat(contests.find("law-1")).isPresent();
    Instant earlier = NOW.plusSeconds(60);
    put("law-1", "open", earlier);
    return earlier;
  }

  /** Nobody voted for minutes, and then the clock was set back to about when it read last. */
  @Test
  void knowsAnEarlierClosingThoughTheClockWasSetBack() throws SQLException {
    Instant earlier = earlierClosing();
    pass(Duration.ofSeconds(180));
    now.set(NOW.plusSeconds(4));
    assertThat(contests.find("law-1")).map(Contest::closesAt).contains(earlier);
  }

  @Test
  void knowsAnEarlierClosingThoughTheMachineWasSuspended() throws SQLException {
    Instant earlier = earlierClosing();
    now.set(NOW.plusSeconds(180));
    assertThat(contests.find("law-1")).map(Contest::closesAt).contains(earlier);
  }

  @Test
  void doesNotMakeEveryoneWaitForAPostgresThatWasAwayAMomentAgo() throws SQLException {
    put("law-1", "open", CLOSES);
    wire.cut();
    assertThatThrownBy(() -> contests.find("law-1")).isInstanceOf(SQLException.class);
    wire.heal();
    assertThatThrownBy(() -> contests.find("law-1"))
        .isInstanceOf(SQLTransientConnectionException.class);
    pass(Duration.ofMillis(500));
    assertThat(contests.find("law-1")).isPresent();
  }
}
