package io.scrutin.store;

import static io.scrutin.store.Votes.LAW;
import static io.scrutin.store.Votes.id;
import static io.scrutin.store.Votes.tag;
import static io.scrutin.store.Votes.vote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteId;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BallotStoreTest {
  private TestDatabase database;
  private BallotStore store;

  @BeforeEach
  void freshDatabase() {
    database = TestPostgres.freshDatabase();
    store = new BallotStore(database.dataSource("store"));
  }

  private Map<Voter, VoteId> record(VoteAccepted... votes) throws SQLException {
    return store.record(List.of(votes)).standing();
  }

  private long count(String table) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void recordsParticipationAndEnvelopeTogether() throws SQLException {
    assertThat(record(vote(1, 10), vote(2, 20)))
        .isEqualTo(Map.of(new Voter(LAW, tag(1)), id(10), new Voter(LAW, tag(2)), id(20)));
    assertThat(count("store.participation")).isEqualTo(2);
    assertThat(count("store.envelope")).isEqualTo(2);
  }

  @Test
  void gettingReadyRecordsNothing() throws SQLException {
    new StoreVotes(store).getReady();
    assertThat(count("store.participation")).isZero();
    assertThat(count("store.envelope")).isZero();
    assertThat(record(vote(1, 10))).containsEntry(new Voter(LAW, tag(1)), id(10));
  }

  @Test
  void keepsTheFirstVoteOfAVoter() throws SQLException {
    record(vote(1, 10));
    assertThat(record(vote(1, 11))).isEqualTo(Map.of(new Voter(LAW, tag(1)), id(10)));
    assertThat(count("store.envelope")).isEqualTo(1);
  }

  @Test
  void addsNoSecondEnvelopeWhenAVoteComesAgain() throws SQLException {
    record(vote(1, 10));
    assertThat(record(vote(1, 10), vote(2, 20))).containsEntry(new Voter(LAW, tag(1)), id(10));
    assertThat(count("store.participation")).isEqualTo(2);
    assertThat(count("store.envelope")).isEqualTo(2);
  }

  @Test
  void leavesNothingOfABatchThatFails() throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE store.envelope ADD CHECK (vote_id <> '\\x" + id(20) + "')");
    }
    assertThatThrownBy(() -> record(vote(1, 10), vote(2, 20))).isInstanceOf(SQLException.class);
    assertThat(count("store.participation")).isZero();
    assertThat(count("store.envelope")).isZero();
    assertThat(record(vote(1, 10))).containsEntry(new Voter(LAW, tag(1)), id(10));
  }

  private void discard(int vote) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO audit.parked_discard"
              + " (binding, stream, sequence, stamped_at, vote_id, reason, author)"
              + (" VALUES ('store', 'VOTES', %d, now(), '\\x%s', 'broken', 'A. Person')")
                  .formatted(vote, id(vote)));
    }
  }

  @Test
  void recordsNoVoteThatAPersonGaveUp() throws SQLException {
    discard(10);
    assertThat(record(vote(1, 10), vote(2, 20))).isEqualTo(Map.of(new Voter(LAW, tag(2)), id(20)));
    assertThat(count("store.envelope")).isEqualTo(1);
    // Its voter may vote again, in the same batch as well.
    assertThat(record(vote(1, 10), vote(1, 11))).isEqualTo(Map.of(new Voter(LAW, tag(1)), id(11)));
  }

  @Test
  void keepsARecordedVoteThatIsGivenUpAfterwards() throws SQLException {
    record(vote(1, 10));
    discard(10);
    assertThat(record(vote(1, 10))).isEqualTo(Map.of(new Voter(LAW, tag(1)), id(10)));
  }

  /** Batches of the same voters in other orders and with other votes, all at the same time. */
  @Test
  void recordsEachVoterOnceWhateverRaces() throws Exception {
    Map<Voter, Set<VoteId>> told = new ConcurrentHashMap<>();
    List<Callable<Boolean>> batches = new ArrayList<>();
    for (int racer = 0; racer < 16; racer++) {
      List<VoteAccepted> batch = new ArrayList<>();
      for (int voter = 1; voter <= 40; voter++) {
        batch.add(vote(voter, racer + 100));
      }
      Collections.shuffle(batch, new Random(racer));
      batches.add(() -> race(batch, told));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> done : threads.invokeAll(batches)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(told).hasSize(40);
    assertThat(told.values()).allSatisfy(votes -> assertThat(votes).hasSize(1));
    assertThat(count("store.participation")).isEqualTo(40);
    assertThat(count("store.envelope")).isEqualTo(40);
  }

  private boolean race(List<VoteAccepted> batch, Map<Voter, Set<VoteId>> told) throws SQLException {
    store
        .record(batch)
        .standing()
        .forEach(
            (voter, vote) ->
                told.computeIfAbsent(voter, _ -> Collections.synchronizedSet(new HashSet<>()))
                    .add(vote));
    return true;
  }
}
