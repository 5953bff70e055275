package io.scrutin.tally;

import static io.scrutin.tally.CountingRoom.LAW;
import static io.scrutin.tally.CountingRoom.wake;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

/** Which envelopes a tally takes together, also while others take theirs. */
class SeveralTalliesTest {
  @TempDir private Path dir;
  private CountingRoom room;

  @BeforeEach
  void open() throws IOException {
    room = new CountingRoom(dir);
  }

  @Test
  void takesOneGroupWhateverPlanPostgresMakes() throws SQLException {
    room.contest(1, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 30);
    for (String plan : List.of("hashjoin", "hashagg", "mergejoin", "sort", "material")) {
      room.run("ALTER ROLE scrutin_tally IN DATABASE " + name() + " SET enable_" + plan + " = off");
    }
    BallotBox box = room.box();
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
    room.contest(5, Instant.now().minusSeconds(60));
    room.envelopes("oui", 4);
    BallotBox box = room.box();
    try (Connection other = room.database.dataSource("tally").getConnection();
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
    room.contest(5, Instant.now().minusSeconds(60));
    BallotBox box = room.box();
    GroupSize rest = new GroupSize(1, 20, 5);
    room.envelopes("oui", 20);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(20);
    room.envelopes("oui", 1);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(21);
    room.envelopes("oui", 3);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(24);
    // Five more are a group of their own.
    room.envelopes("oui", 1);
    assertThat(sizeOfGroup(box, rest)).isEqualTo(20);
  }

  private boolean somebodyWaits() {
    try (Connection connection = room.database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet waiting =
            statement.executeQuery("SELECT 1 FROM pg_locks WHERE NOT granted LIMIT 1")) {
      return waiting.next();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String name() throws SQLException {
    try (Connection connection = room.database.ownerDataSource().getConnection()) {
      return '"' + connection.getCatalog() + '"';
    }
  }

  @Test
  void countsEachBallotOnceWithSeveralTalliesAtWork() throws Exception {
    room.contest(2, Instant.now().plusSeconds(3600));
    room.envelopes("oui", 600);
    room.envelopes("non", 400);
    List<Callable<Boolean>> tallies = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TallyVotes tally = room.tally();
      tallies.add(() -> wake(tally) != null);
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> done : threads.invokeAll(tallies)) {
        assertThat(done.get()).isTrue();
      }
    }
    assertThat(room.votesFor("oui")).isEqualTo(600).isEqualTo(room.ballotsFor("oui"));
    assertThat(room.votesFor("non")).isEqualTo(400).isEqualTo(room.ballotsFor("non"));
  }
}
