package io.scrutin.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.ballot.BallotSealer;
import io.scrutin.contest.Contests;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.TallyUpdated;
import io.scrutin.event.VoteId;
import io.scrutin.event.Wake;
import io.scrutin.step.Answer;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyVotesTest {
  private static final String LAW = "law-1";

  @TempDir private Path keys;
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final EventCodec codec = new EventCodec();
  private final BallotKeyPair ballotKey = BallotKeys.generate("key-1");
  private BallotSealer sealer;
  private int cast;

  @BeforeEach
  void writeKey() throws IOException {
    KeyFile.write(keys.resolve("ballot").resolve("key-1.key"), ballotKey.privateKey().toArray());
    sealer = new BallotSealer(ballotKey.toBallotKey(), Clock.systemUTC());
  }

  private TallyVotes tally() {
    return new TallyVotes(
        new Contests(database.dataSource("tally"), codec, Clock.systemUTC(), System::nanoTime),
        new HeldKeys(keys.resolve("ballot")),
        new BallotBox(database.dataSource("tally")),
        new SecureRandom(),
        Clock.systemUTC());
  }

  private void contest(int groupSize, Instant closesAt) throws SQLException {
    LocalText text = new LocalText("texte", "text");
    Contest contest =
        new Contest(
            LAW,
            text,
            text,
            List.of(new Choice("oui", text), new Choice("non", text)),
            closesAt.minus(Duration.ofDays(1)),
            closesAt,
            new ResultsPolicy(ResultsPolicy.Visibility.LIVE, groupSize),
            "hmac-sha256",
            ballotKey.toBallotKey());
    database.open(contest);
  }

  private void envelopes(String choice, int count) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)"
                    + " VALUES (?, ?, ?, ?, ?)")) {
      for (int i = 0; i < count; i++) {
        VoteId vote = VoteId.of(ByteBuffer.allocate(16).putInt(++cast).array());
        SealedChoice sealed = sealer.seal(LAW, vote, choice);
        insert.setString(1, LAW);
        insert.setBytes(2, vote.bytes().toArray());
        insert.setInt(3, sealed.scheme());
        insert.setString(4, sealed.keyId());
        insert.setBytes(5, sealed.bytes().toArray());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private long votesFor(String choice) throws SQLException {
    return number(
        "SELECT coalesce(sum(votes), 0) FROM tally.tally WHERE choice = '" + choice + "'");
  }

  private long ballotsFor(String choice) throws SQLException {
    return number("SELECT count(*) FROM tally.ballot_box WHERE choice = '" + choice + "'");
  }

  private static List<Fact> wake(TallyVotes tally) throws SQLException {
    Event wake = Event.first(new Wake("tally"), "test", Instant.now(), null);
    return tally.answer(List.of(wake)).getFirst() instanceof Answer.Emit emit
        ? emit.facts()
        : List.of();
  }

  @Test
  void movesEachBallotFromItsEnvelopeIntoTheBox() throws SQLException {
    contest(1, Instant.now().plusSeconds(3600));
    envelopes("oui", 7);
    envelopes("non", 3);
    assertThat(wake(tally())).containsExactly(new TallyUpdated(LAW, 10));
    assertThat(votesFor("oui")).isEqualTo(7).isEqualTo(ballotsFor("oui"));
    assertThat(votesFor("non")).isEqualTo(3).isEqualTo(ballotsFor("non"));
    assertThat(number("SELECT count(*) FROM store.envelope")).isZero();
    assertThat(number("SELECT oui_count FROM tally.vote_results")).isEqualTo(7);
  }

  @Test
  void opensNothingBeforeAGroupWaits() throws SQLException {
    contest(10, Instant.now().plusSeconds(3600));
    envelopes("oui", 9);
    assertThat(wake(tally())).isEmpty();
    assertThat(number("SELECT count(*) FROM store.envelope")).isEqualTo(9);
    envelopes("non", 1);
    assertThat(wake(tally())).containsExactly(new TallyUpdated(LAW, 10));
  }

  @Test
  void opensTheRestTogetherWhenTheContestIsOverAndNothingIsOnItsWay() throws SQLException {
    contest(10, Instant.now().minusSeconds(120));
    envelopes("oui", 3);
    assertThat(wake(tally())).as("however long ago it ended").isEmpty();
    envelopes("non", 1);
    number(
        "WITH drained AS (UPDATE contests.contest SET drained_at = now() RETURNING 1)"
            + " SELECT count(*) FROM drained");
    assertThat(wake(tally())).containsExactly(new TallyUpdated(LAW, 4));
  }

  @Test
  void leavesASchemeItDoesNotKnowAndCountsTheRest() throws SQLException {
    contest(1, Instant.now().plusSeconds(3600));
    envelopes("oui", 2);
    number(
        "WITH other AS (UPDATE store.envelope SET scheme = 2 WHERE id ="
            + " (SELECT min(id) FROM store.envelope) RETURNING 1) SELECT count(*) FROM other");
    assertThat(wake(tally())).containsExactly(new TallyUpdated(LAW, 1));
    assertThat(number("SELECT count(*) FROM store.envelope")).isEqualTo(1);
  }

  @Test
  void leavesWhatItHasNoKeyForToATallyThatHas() throws SQLException, IOException {
    contest(1, Instant.now().plusSeconds(3600));
    envelopes("oui", 1);
    TallyVotes keyless =
        new TallyVotes(
            new Contests(database.dataSource("tally"), codec, Clock.systemUTC(), System::nanoTime),
            new HeldKeys(keys.resolve("nothing-here")),
            new BallotBox(database.dataSource("tally")),
            new SecureRandom(),
            Clock.systemUTC());
    assertThat(wake(keyless)).isEmpty();
    assertThat(wake(tally())).containsExactly(new TallyUpdated(LAW, 1));
  }

  @Test
  void setsAsideAnEnvelopeThatWasMovedToAnotherVoter() throws SQLException {
    contest(1, Instant.now().plusSeconds(3600));
    envelopes("oui", 2);
    number(
        "WITH swapped AS (UPDATE store.envelope SET vote_id = decode(repeat('ab', 16), 'hex')"
            + " WHERE id = (SELECT min(id) FROM store.envelope) RETURNING 1) SELECT count(*) FROM swapped");
    wake(tally());
    assertThat(votesFor("oui")).isEqualTo(1);
    assertThat(number("SELECT count(*) FROM tally.spoiled")).isEqualTo(1);
  }

  @Test
  void changesNothingWhenItsTransactionFails() throws SQLException {
    contest(1, Instant.now().plusSeconds(3600));
    envelopes("oui", 5);
    BallotBox box = new BallotBox(database.dataSource("tally"));
    try {
      box.separate(
          LAW,
          "key-1",
          new GroupSize(1, 100, 0),
          _ -> {
            throw new IllegalStateException("crash between taking and putting");
          });
    } catch (IllegalStateException crash) {
      assertThat(number("SELECT count(*) FROM store.envelope")).isEqualTo(5);
    }
    assertThat(wake(tally())).containsExactly(new TallyUpdated(LAW, 5));
  }

  @Test
  void takesOneGroupWhateverPlanPostgresMakes() throws SQLException {
    contest(1, Instant.now().plusSeconds(3600));
    envelopes("oui", 30);
    for (String plan : List.of("hashjoin", "hashagg", "mergejoin", "sort", "material")) {
      run("ALTER ROLE scrutin_tally IN DATABASE " + name() + " SET enable_" + plan + " = off");
    }
    BallotBox box = new BallotBox(database.dataSource("tally"));
    for (int smallest : List.of(1, 5)) {
      assertThat(sizeOfGroup(box, smallest, 10)).isEqualTo(10);
    }
  }

  private static int sizeOfGroup(BallotBox box, int smallest, int largest) throws SQLException {
    return sizeOfGroup(box, new GroupSize(smallest, largest, 0));
  }

  private static int sizeOfGroup(BallotBox box, GroupSize size) throws SQLException {
    List<Integer> taken = new ArrayList<>();
    try {
      box.separate(
          LAW,
          "key-1",
          size,
          group -> {
            taken.add(group.size());
            throw new IllegalStateException("enough is seen");
          });
    } catch (IllegalStateException seen) {
      assertThat(taken).hasSize(1);
    }
    return taken.getFirst();
  }

  /** It had found too few when the last came in, and has not let go of them yet. */
  @Test
  void opensWhatIsLeftTogetherThoughAnotherTallyHasSomeOfItInHand() throws Exception {
    contest(5, Instant.now().minusSeconds(60));
    envelopes("oui", 4);
    BallotBox box = new BallotBox(database.dataSource("tally"));
    try (Connection other = database.dataSource("tally").getConnection();
        ExecutorService tally = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      try (Statement hold = other.createStatement()) {
        hold.execute(
            "DELETE FROM store.envelope WHERE id IN"
                + " (SELECT id FROM store.envelope ORDER BY id LIMIT 3)");
      }
      Future<Integer> rest = tally.submit(() -> sizeOfGroup(box, 1, 10));
      Await.until(Duration.ofSeconds(5), () -> rest.isDone() || somebodyWaits(), "it waits");
      other.rollback();
      assertThat(rest.get()).isEqualTo(4);
    }
  }

  /** A total before and one after would show what the last few chose. */
  @Test
  void leavesNoHandfulBehindALargeGroup() throws Exception {
    contest(5, Instant.now().minusSeconds(60));
    BallotBox box = new BallotBox(database.dataSource("tally"));
    GroupSize rest = new GroupSize(1, 20, 5);
    envelopes("oui", 20);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(20);
    envelopes("oui", 1);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(21);
    envelopes("oui", 3);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(24);
    // Five more are a group of their own.
    envelopes("oui", 1);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(20);
  }

  private boolean somebodyWaits() {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet waiting =
            statement.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")) {
      return waiting.next();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String name() throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection()) {
      return '"' + connection.getCatalog() + '"';
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void countsEachBallotOnceWithSeveralTalliesAtWork() throws Exception {
    contest(2, Instant.now().plusSeconds(3600));
    envelopes("oui", 600);
    envelopes("non", 400);
    List<Callable<Boolean>> tallies = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TallyVotes tally = tally();
      tallies.add(() -> wake(tally) != null);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> done : threads.invokeAll(tallies)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(votesFor("oui")).isEqualTo(600).isEqualTo(ballotsFor("oui"));
    assertThat(votesFor("non")).isEqualTo(400).isEqualTo(ballotsFor("non"));
  }
}
