package io.scrutin.reconcile;

import static io.scrutin.reconcile.Election.id;
import static io.scrutin.reconcile.Election.literal;
import static io.scrutin.reconcile.Election.tag;
import static io.scrutin.reconcile.Election.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each book is corrupted in turn, found by its id, and put right again. */
final class CorruptedBooksTest {
  @TempDir static Path dir;
  private static Election election;
  private String touched = "";

  @BeforeAll
  static void voted() throws Exception {
    election = new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600)).voted();
    assertThat(Reconciled.run(election.environment()).text()).contains("The books balance.");
  }

  @AfterAll
  static void closed() {
    election.close();
  }

  @AfterEach
  void balancesAgain() throws SQLException {
    if (!touched.isEmpty()) {
      election.sql("DELETE FROM " + touched);
      election.sql(
          "INSERT INTO " + touched + " OVERRIDING SYSTEM VALUE SELECT * FROM public.before");
      election.sql("DROP TABLE public.before");
    }
    Reconciled again = Reconciled.run(election.environment());
    assertThat(again.text()).contains("The books balance.");
    assertThat(again.code()).isZero();
  }

  private void finds(String table, String corruption, String... lines) throws SQLException {
    election.sql("CREATE TABLE public.before AS TABLE " + table);
    touched = table;
    election.sql(corruption);
    Reconciled reconciled = Reconciled.run(election.environment());
    assertThat(reconciled.code()).isEqualTo(1);
    for (String line : lines) {
      assertThat(reconciled.text()).containsPattern(line);
    }
  }

  private static String of(int vote) {
    return vote(vote) + "  ";
  }

  @Test
  void findsAParticipationThatIsGone() throws SQLException {
    finds(
        "store.participation",
        "DELETE FROM store.participation WHERE vote_id = " + id(4),
        "participations  " + of(4) + "is recorded according to audit's trail, and is not",
        "participations  -  +1 envelopes and ballots more than recorded votes");
  }

  @Test
  void findsAParticipationAgainstItsEnvelope() throws SQLException {
    finds(
        "store.participation",
        "DELETE FROM store.participation WHERE vote_id = " + id(10),
        of(10) + "has an envelope, and is not recorded");
  }

  @Test
  void findsASpoiledBallotOfNoVote() throws SQLException {
    finds(
        "tally.spoiled",
        "UPDATE tally.spoiled SET vote_id = " + id(77),
        of(77) + "has a spoiled ballot, and is not recorded");
  }

  @Test
  void findsAVoteRecordedForTwoVoters() throws SQLException {
    finds(
        "store.participation",
        "INSERT INTO store.participation VALUES ('C-12', "
            + literal(tag(13).bytes())
            + ", "
            + id(4)
            + ")",
        of(4) + "is recorded for more than one voter");
  }

  @Test
  void findsAnEnvelopeThatIsGone() throws SQLException {
    finds(
        "store.envelope",
        "DELETE FROM store.envelope WHERE vote_id = " + id(10),
        "participations  -  +1 recorded votes are in no envelope, not in the box and not spoiled");
  }

  @Test
  void findsAnEnvelopeThatIsThereTwice() throws SQLException {
    finds(
        "store.envelope",
        "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)"
            + " SELECT law_id, vote_id, scheme, key_id, sealed FROM store.envelope WHERE vote_id = "
            + id(10),
        of(10) + "has more than one envelope or spoiled ballot");
  }

  @Test
  void findsABallotTooMany() throws SQLException {
    finds(
        "tally.ballot_box",
        "INSERT INTO tally.ballot_box VALUES ('C-12', 'oui')",
        "participations  -  +1 envelopes and ballots more than recorded votes",
        "tally  +oui  +the box has 6, the tally 5");
  }

  @Test
  void findsABallotThatWasChanged() throws SQLException {
    finds(
        "tally.ballot_box",
        "UPDATE tally.ballot_box SET choice = 'oui' WHERE ctid ="
            + " (SELECT min(ctid) FROM tally.ballot_box WHERE choice = 'non')",
        "tally  +non  +the box has 3, the tally 4",
        "tally  +oui  +the box has 6, the tally 5");
  }

  @Test
  void findsAChoiceThatIsNotOnTheBallot() throws SQLException {
    finds(
        "tally.tally",
        "INSERT INTO tally.tally VALUES ('C-12', 'peut-être', 0)",
        "tally  +peut-être  +is not on the ballot");
  }

  @Test
  void findsACountThatWasChanged() throws SQLException {
    finds(
        "tally.tally",
        "UPDATE tally.tally SET votes = votes + 1 WHERE choice = 'non'",
        "tally  +non  +the box has 4, the tally 5");
  }

  @Test
  void findsATrailWithoutTheRecording() throws SQLException {
    finds(
        "audit.vote_audit",
        "DELETE FROM audit.vote_audit WHERE step = 2 AND vote_id = " + id(5),
        of(5) + "is recorded, and audit's trail does not say so",
        of(5) + "was cast, and is neither answered nor on its way",
        "counters  +recorded  +the trail has 11, its counter 12");
  }

  @Test
  void findsATrailWithoutTheCast() throws SQLException {
    finds(
        "audit.vote_audit",
        "DELETE FROM audit.vote_audit WHERE step = 1 AND vote_id = " + id(5),
        of(5) + "was cast, and audit's trail does not know it");
  }

  @Test
  void findsACastThatOnlyTheTrailKnows() throws SQLException {
    finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit VALUES (" + id(77) + ", 1, 'C-12', now(), NULL)",
        of(77) + "is cast according to audit's trail, and the stream does not hold it");
  }

  @Test
  void findsAnOutcomeOfAVoteNeverCast() throws SQLException {
    finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit VALUES (" + id(77) + ", 2, 'C-12', now(), NULL)",
        of(77) + "has an outcome, and was never cast",
        of(77) + "is recorded according to audit's trail, and is not");
  }

  @Test
  void findsTwoOutcomes() throws SQLException {
    finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit VALUES (" + id(5) + ", 3, 'C-12', now(), NULL)",
        of(5) + "has two outcomes",
        of(5) + "is a duplicate in audit's trail, and has no number");
  }

  @Test
  void findsALatenessThatIsNoAnswerToACastInTime() throws SQLException {
    finds(
        "audit.vote_audit",
        "UPDATE audit.vote_audit SET detail = 'too_late' WHERE step = 4 AND vote_id = " + id(30),
        of(30) + "was cast, and is neither answered nor on its way");
  }

  @Test
  void findsVotesThatCameAfterTheEnd() throws SQLException {
    finds(
        "contests.contest",
        "UPDATE contests.contest SET closes_at = opens_at + interval '1 hour'",
        of(5) + "is recorded, and no cast of it was stamped while the contest took votes",
        "THE BOOKS DO NOT BALANCE: 12 differences");
  }

  @Test
  void findsVotesThatCameBeforeTheBeginning() throws SQLException {
    finds(
        "contests.contest",
        "UPDATE contests.contest SET definition = jsonb_set(definition, '{opensAt}',"
            + " to_jsonb(to_char(now() AT TIME ZONE 'UTC' + '1 minute',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')))",
        of(5) + "is recorded, and no cast of it was stamped while the contest took votes");
  }

  @Test
  void findsAGapInTheAttempts() throws SQLException {
    finds(
        "audit.duplicate_attempts",
        "UPDATE audit.duplicate_attempts SET attempt = 4 WHERE vote_id = " + id(21),
        "is of a voter whose attempts are not numbered from 2 to the last");
  }

  @Test
  void findsACounterOfAttemptsThatIsOff() throws SQLException {
    finds(
        "audit.attempt_counter",
        "UPDATE audit.attempt_counter SET last = last + 1 WHERE last = 2",
        of(22) + "is of a voter whose attempts are not numbered from 2 to the last");
  }

  @Test
  void findsAnAttemptThatIsGone() throws SQLException {
    finds(
        "audit.duplicate_attempts",
        "DELETE FROM audit.duplicate_attempts WHERE vote_id = " + id(22),
        of(22) + "is a duplicate in audit's trail, and has no number",
        of(1) + "is of a voter whose attempts are not numbered from 2 to the last");
  }

  @Test
  void findsAnAttemptOfAVoterWhoHasNotVoted() throws SQLException {
    finds(
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
  void findsAStrangersVote() throws SQLException {
    finds(
        "store.participation",
        "UPDATE store.participation SET tag = "
            + literal(tag(50).bytes())
            + " WHERE vote_id = "
            + id(6),
        of(6) + "is the vote of somebody who is not on the roll");
  }

  @Test
  void findsAVoterTakenOffTheRoll() throws SQLException {
    finds(
        "roll.voter",
        "DELETE FROM roll.voter WHERE tag = " + literal(tag(15).bytes()),
        "roll  +-  +the roll was complete with 16 voters and has 15",
        "roll  +bucket .* is in Redis's index, and not on the roll: it lets a stranger in");
  }

  @Test
  void findsARefusalThatNobodyWillReview() throws SQLException {
    finds(
        "audit.review_queue",
        "DELETE FROM audit.review_queue WHERE vote_id = " + id(30),
        of(30) + "is rejected or parked, and not in the queue for review");
  }

  @Test
  void findsARecordedVoteUpForReview() throws SQLException {
    finds(
        "audit.review_queue",
        "INSERT INTO audit.review_queue VALUES (" + id(5) + ", 'C-12', 'forged', now())",
        of(5) + "is in the queue for review, and neither rejected nor parked");
  }

  @Test
  void findsATurnoutThatIsOff() throws SQLException {
    finds(
        "audit.turnout",
        "UPDATE audit.turnout SET count = count + 1 WHERE step = 4",
        "counters  +rejected  +the trail has 3, its counter 4");
  }

  @Test
  void listsAHundredOfAThousandAndCountsTheRest() throws SQLException {
    finds(
        "audit.vote_audit",
        "INSERT INTO audit.vote_audit SELECT decode(lpad(to_hex(n), 32, '0'), 'hex'), 2, 'C-12',"
            + " now(), NULL FROM generate_series(1, 1000) AS n",
        "00000000000000000000000000000064  has an outcome, and was never cast",
        "note: 900 more of: has an outcome, and was never cast",
        "THE BOOKS DO NOT BALANCE: 2,?001 differences");
    assertThat(List.of(Reconciled.run(election.environment()).text().split("\n")))
        .hasSizeLessThan(250);
  }
}
