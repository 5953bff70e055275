package io.scrutin.tally;

import static io.scrutin.tally.CountingRoom.LAW;
import static io.scrutin.tally.CountingRoom.wake;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.TallyUpdated;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyVotesTest {
  @TempDir private Path dir;
  private CountingRoom room;

  @BeforeEach
  void open() throws IOException {
    room = new CountingRoom(dir);
  }

  @Test
  void movesEachBallotFromItsEnvelopeIntoTheBox() throws SQLException {
    room.contest(1, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 7);
    room.envelopes("non", 3);
    assertThat(wake(room.tally())).containsExactly(new TallyUpdated(LAW, 10));
    assertThat(room.votesFor("oui")).isEqualTo(7).isEqualTo(room.ballotsFor("oui"));
    assertThat(room.votesFor("non")).isEqualTo(3).isEqualTo(room.ballotsFor("non"));
    assertThat(room.number("SELECT count(*) FROM store.envelope")).isZero();
    assertThat(room.number("SELECT oui_count FROM tally.vote_results")).isEqualTo(7);
  }

  @Test
  void opensNothingBeforeAGroupWaits() throws SQLException {
    room.contest(10, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 9);
    assertThat(wake(room.tally())).isEmpty();
    assertThat(room.number("SELECT count(*) FROM store.envelope")).isEqualTo(9);
    room.envelopes("non", 1);
    assertThat(wake(room.tally())).containsExactly(new TallyUpdated(LAW, 10));
  }

  @Test
  void opensTheRestTogetherWhenTheContestIsOverAndNothingIsOnItsWay() throws SQLException {
    room.contest(10, Instant.now().minusSeconds(120));
    room.envelopes("oui", 3);
    assertThat(wake(room.tally())).as("however long ago it ended").isEmpty();
    room.envelopes("non", 1);
    room.number(
        "WITH drained AS (UPDATE contests.contest SET drained_at = now() RETURNING 1)"
            + " SELECT count(*) FROM drained");
    assertThat(wake(room.tally())).containsExactly(new TallyUpdated(LAW, 4));
  }

  @Test
  void leavesASchemeItDoesNotKnowAndCountsTheRest() throws SQLException {
    room.contest(1, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 2);
    room.number(
        "WITH other AS (UPDATE store.envelope SET scheme = 2 WHERE id ="
            + " (SELECT min(id) FROM store.envelope) RETURNING 1) SELECT count(*) FROM other");
    assertThat(wake(room.tally())).containsExactly(new TallyUpdated(LAW, 1));
    assertThat(room.number("SELECT count(*) FROM store.envelope")).isEqualTo(1);
  }

  @Test
  void leavesWhatItHasNoKeyForToATallyThatHas() throws SQLException {
    room.contest(1, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 1);
    TallyVotes keyless = room.tally(dir.resolve("nothing-here"));
    assertThat(wake(keyless)).isEmpty();
    assertThat(wake(room.tally())).containsExactly(new TallyUpdated(LAW, 1));
  }

  @Test
  void setsAsideAnEnvelopeThatWasMovedToAnotherVoter() throws SQLException {
    room.contest(1, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 2);
    room.number(
        "WITH swapped AS (UPDATE store.envelope SET vote_id = decode(repeat('ab', 16), 'hex')"
            + " WHERE id = (SELECT min(id) FROM store.envelope) RETURNING 1) SELECT count(*) FROM swapped");
    wake(room.tally());
    assertThat(room.votesFor("oui")).isEqualTo(1);
    assertThat(room.number("SELECT count(*) FROM tally.spoiled")).isEqualTo(1);
  }

  @Test
  void changesNothingWhenItsTransactionFails() throws SQLException {
    room.contest(1, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 5);
    BallotBox box = room.box();
    try {
      box.separate(
          LAW,
          "key-1",
          new GroupSize(1, 100, 0),
          _ -> {
            throw new IllegalStateException("crash between taking and putting");
          });
    } catch (IllegalStateException crash) {
      assertThat(room.number("SELECT count(*) FROM store.envelope")).isEqualTo(5);
    }
    assertThat(wake(room.tally())).containsExactly(new TallyUpdated(LAW, 5));
  }
}
