package io.scrutin.reconcile;

import static io.scrutin.reconcile.Samples.id;
import static io.scrutin.reconcile.Samples.literal;
import static io.scrutin.reconcile.Samples.tag;
import static io.scrutin.reconcile.Samples.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes that changed hands: every number is right, and somebody else's name is on them. */
final class CorruptedTagsTest {
  @TempDir Path dir;
  private Election election;

  @BeforeEach
  void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
  }

  @AfterEach
  void closed() {
    election.close();
  }

  private void finds(String corruption, String line) throws SQLException {
    election.tables.sql(corruption);
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text()).contains(line);
    assertThat(reconciled.code()).isEqualTo(1);
  }

  @Test
  void findsAVoteRecordedForAnotherVoterOnTheRoll() throws SQLException {
    finds(
        "UPDATE store.participation SET tag = "
            + literal(tag(15).bytes())
            + " WHERE vote_id = "
            + id(5),
        vote(5) + "  is recorded for another voter than the one who cast it");
  }

  @Test
  void findsAnAttemptOfAnotherVoter() throws SQLException {
    finds(
        "UPDATE audit.duplicate_attempts SET tag = "
            + literal(tag(2).bytes())
            + " WHERE vote_id = "
            + id(22)
            + "; UPDATE audit.attempt_counter SET tag = "
            + literal(tag(2).bytes())
            + " WHERE last = 2",
        vote(22) + "  is numbered as another voter's attempt than whose cast it is");
  }

  @Test
  void findsARefusalOfAVoterOnTheRoll() throws SQLException {
    finds(
        "INSERT INTO roll.voter SELECT number, "
            + literal(tag(40).bytes())
            + " FROM roll.roll; UPDATE roll.roll SET size = size + 1",
        vote(30) + "  is rejected as of nobody on the roll, and its voter is on it");
  }

  @Test
  void blamesNobodyByARollThatIsStillLoading() throws SQLException {
    election.tables.sql(
        "INSERT INTO roll.voter SELECT number, "
            + literal(tag(40).bytes())
            + " FROM roll.roll; UPDATE roll.roll SET complete_at = NULL");
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.text()).contains("the roll is still loading: it was not compared");
    assertThat(reconciled.code()).isZero();
  }
}
