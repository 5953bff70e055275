package io.scrutin.reconcile;

import static io.scrutin.reconcile.CorruptibleBooks.of;
import static io.scrutin.reconcile.Samples.id;
import static io.scrutin.reconcile.Samples.literal;
import static io.scrutin.reconcile.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit's books, corrupted in turn, found by their ids and put right again. */
final class CorruptedTrailTest {
  @TempDir static Path dir;
  private static CorruptibleBooks books;

  @BeforeAll
  static void voted() throws Exception {
    books = new CorruptibleBooks(dir);
  }

  @AfterAll
  static void closed() {
    books.close();
  }

  @AfterEach
  void balancesAgain() throws SQLException {
    books.putRight();
  }

  @Test
  void findsATrailWithoutTheRecording() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "DELETE FROM audit.vote_audit WHERE step = 2 AND vote_id = " + id(5),
        of(5) + "is recorded, and audit's trail does not say so",
        of(5) + "was cast, and is neither answered nor on its way",
        "counters  +recorded  +the trail has 11, its counter 12");
  }

  @Test
  void findsATrailWithoutTheCast() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "DELETE FROM audit.vote_audit WHERE step = 1 AND vote_id = " + id(5),
        of(5) + "was cast, and audit's trail does not know it");
  }

  @Test
  void findsACastThatOnlyTheTrailKnows() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit VALUES (" + id(77) + ", 1, 'C-12', now(), NULL)",
        of(77) + "is cast according to audit's trail, and the stream does not hold it");
  }

  @Test
  void findsAnOutcomeOfAVoteNeverCast() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit VALUES (" + id(77) + ", 2, 'C-12', now(), NULL)",
        of(77) + "has an outcome, and was never cast",
        of(77) + "is recorded according to audit's trail, and is not");
  }

  @Test
  void findsTwoOutcomes() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit VALUES (" + id(5) + ", 3, 'C-12', now(), NULL)",
        of(5) + "has two outcomes",
        of(5) + "is a duplicate in audit's trail, and has no number");
  }

  @Test
  void findsALatenessThatIsNoAnswerToACastInTime() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "UPDATE audit.vote_audit SET detail = 'too_late' WHERE step = 4 AND vote_id = " + id(30),
        of(30) + "was cast, and is neither answered nor on its way");
  }

  @Test
  void findsAGapInTheAttempts() throws SQLException {
    books.finds(
        "audit.duplicate_attempts",
        "UPDATE audit.duplicate_attempts SET attempt = 4 WHERE vote_id = " + id(21),
        "is of a voter whose attempts are not numbered from 2 to the last");
  }

  @Test
  void findsACounterOfAttemptsThatIsOff() throws SQLException {
    books.finds(
        "audit.attempt_counter",
        "UPDATE audit.attempt_counter SET last = last + 1 WHERE last = 2",
        of(22) + "is of a voter whose attempts are not numbered from 2 to the last");
  }

  @Test
  void findsAnAttemptThatIsGone() throws SQLException {
    books.finds(
        "audit.duplicate_attempts",
        "DELETE FROM audit.duplicate_attempts WHERE vote_id = " + id(22),
        of(22) + "is a duplicate in audit's trail, and has no number",
        of(1) + "is of a voter whose attempts are not numbered from 2 to the last");
  }

  @Test
  void findsAnAttemptOfAVoterWhoHasNotVoted() throws SQLException {
    books.finds(
        "audit.duplicate_attempts",
        "INSERT INTO audit.duplicate_attempts VALUES ("
            + id(77)
            + ", 'C-12', "
            + literal(tag(14).bytes())
            + ", 2, now())",
        of(77) + "is an attempt of a voter without another recorded vote",
        of(77) + "is numbered as an attempt, and no duplicate in audit's trail");
  }

  @Test
  void findsARefusalThatNobodyWillReview() throws SQLException {
    books.finds(
        "audit.review_queue",
        "DELETE FROM audit.review_queue WHERE vote_id = " + id(30),
        of(30) + "is rejected or parked, and not in the queue for review");
  }

  @Test
  void findsARecordedVoteUpForReview() throws SQLException {
    books.finds(
        "audit.review_queue",
        "INSERT INTO audit.review_queue VALUES (" + id(5) + ", 'C-12', 'forged', now())",
        of(5) + "is in the queue for review, and neither rejected nor parked");
  }

  @Test
  void findsATurnoutThatIsOff() throws SQLException {
    books.finds(
        "audit.turnout",
        "UPDATE audit.turnout SET count = count + 1 WHERE step = 4",
        "counters  +rejected  +the trail has 3, its counter 4");
  }

  @Test
  void listsAHundredOfAThousandAndCountsTheRest() throws SQLException {
    books.finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit SELECT decode(lpad(to_hex(n), 32, '0'), 'hex'), 2, 'C-12',"
            + " now(), NULL FROM generate_series(1, 1000) AS n",
        "00000000000000000000000000000064  has an outcome, and was never cast",
        "note: 900 more of: has an outcome, and was never cast",
        "THE BOOKS DO NOT BALANCE: 2,?001 differences");
    assertThat(List.of(Reconciled.run(books.environment()).text().split("\n")))
        .hasSizeLessThan(250);
  }
}
