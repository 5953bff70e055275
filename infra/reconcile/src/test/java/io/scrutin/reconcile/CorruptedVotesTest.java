package io.scrutin.reconcile;

import static io.scrutin.reconcile.CorruptibleBooks.of;
import static io.scrutin.reconcile.Samples.id;
import static io.scrutin.reconcile.Samples.literal;
import static io.scrutin.reconcile.Samples.tag;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contest, roll, votes, ballots and tally, corrupted in turn, found by their ids and put right
 * again.
 */
final class CorruptedVotesTest {
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
  void findsAParticipationThatIsGone() throws SQLException {
    books.finds(
        "store.participation",
        "DELETE FROM store.participation WHERE vote_id = " + id(4),
        "participations  " + of(4) + "is recorded according to audit's trail, and is not",
        "participations  -  +1 envelopes and ballots more than recorded votes");
  }

  @Test
  void findsAParticipationAgainstItsEnvelope() throws SQLException {
    books.finds(
        "store.participation",
        "DELETE FROM store.participation WHERE vote_id = " + id(10),
        of(10) + "has an envelope, and is not recorded");
  }

  @Test
  void findsASpoiledBallotOfNoVote() throws SQLException {
    books.finds(
        "tally.spoiled",
        "UPDATE tally.spoiled SET vote_id = " + id(77),
        of(77) + "has a spoiled ballot, and is not recorded");
  }

  @Test
  void findsAVoteRecordedForTwoVoters() throws SQLException {
    books.finds(
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
    books.finds(
        "store.envelope",
        "DELETE FROM store.envelope WHERE vote_id = " + id(10),
        "participations  -  +1 recorded votes are in no envelope, not in the box and not spoiled");
  }

  @Test
  void findsAnEnvelopeThatIsThereTwice() throws SQLException {
    books.finds(
        "store.envelope",
        "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)"
            + " SELECT law_id, vote_id, scheme, key_id, sealed FROM store.envelope WHERE vote_id = "
            + id(10),
        of(10) + "has more than one envelope or spoiled ballot");
  }

  @Test
  void findsABallotTooMany() throws SQLException {
    books.finds(
        "tally.ballot_box",
        "INSERT INTO tally.ballot_box VALUES ('C-12', 'oui')",
        "participations  -  +1 envelopes and ballots more than recorded votes",
        "tally  +oui  +the box has 6, the tally 5");
  }

  @Test
  void findsABallotThatWasChanged() throws SQLException {
    books.finds(
        "tally.ballot_box",
        "UPDATE tally.ballot_box SET choice = 'oui' WHERE ctid ="
            + " (SELECT min(ctid) FROM tally.ballot_box WHERE choice = 'non')",
        "tally  +non  +the box has 3, the tally 4",
        "tally  +oui  +the box has 6, the tally 5");
  }

  @Test
  void findsAChoiceThatIsNotOnTheBallot() throws SQLException {
    books.finds(
        "tally.tally",
        "INSERT INTO tally.tally VALUES ('C-12', 'peut-être', 0)",
        "tally  +peut-être  +is not on the ballot");
  }

  @Test
  void findsACountThatWasChanged() throws SQLException {
    books.finds(
        "tally.tally",
        "UPDATE tally.tally SET votes = votes + 1 WHERE choice = 'non'",
        "tally  +non  +the box has 4, the tally 5");
  }

  @Test
  void findsVotesThatCameAfterTheEnd() throws SQLException {
    books.finds(
        "contests.contest",
        "UPDATE contests.contest SET closes_at = opens_at + interval '1 hour'",
        of(5) + "is recorded, and no cast of it was stamped while the contest took votes",
        "THE BOOKS DO NOT BALANCE: 12 differences");
  }

  @Test
  void findsVotesThatCameBeforeTheBeginning() throws SQLException {
    books.finds(
        "contests.contest",
        "UPDATE contests.contest SET definition = jsonb_set(definition, '{opensAt}',"
            + " to_jsonb(to_char(now() AT TIME ZONE 'UTC' + '1 minute',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')))",
        of(5) + "is recorded, and no cast of it was stamped while the contest took votes");
  }

  @Test
  void findsAStrangersVote() throws SQLException {
    books.finds(
        "store.participation",
        "UPDATE store.participation SET tag = "
            + literal(tag(50).bytes())
            + " WHERE vote_id = "
            + id(6),
        of(6) + "is the vote of somebody who is not on the roll");
  }

  @Test
  void findsAVoterTakenOffTheRoll() throws SQLException {
    books.finds(
        "roll.voter",
        "DELETE FROM roll.voter WHERE tag = " + literal(tag(15).bytes()),
        "roll  +-  +the roll was complete with 16 voters and has 15",
        "roll  +bucket .* is in Redis's index, and not on the roll: it lets a stranger in");
  }
}
