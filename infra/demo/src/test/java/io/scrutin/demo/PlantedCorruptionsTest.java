package io.scrutin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Shape;
import io.scrutin.standalone.Standalone;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An election is played once; then somebody tampers with it in one way after another. */
class PlantedCorruptionsTest {
  /** What somebody who owns the database might do, to one table. */
  record Corruption(String what, String table, String change) {
    @Override
    public String toString() {
      return what;
    }
  }

  @TempDir static Path dir;
  private static Standalone system;
  private static Demo demo;
  private static final StringWriter SAID = new StringWriter();

  @BeforeAll
  static void playAnElection() throws Exception {
    DemoOptions options = new DemoOptions(dir, 400, 200, 20, 7, new Shape.Together());
    system = DemoCommand.start(options);
    demo = new Demo(system, options, new PrintWriter(SAID));
    demo.play();
  }

  @AfterAll
  static void stop() {
    demo.close();
    system.close();
  }

  @Test
  void findsNothingWrongWhenNothingIs() throws Exception {
    assertThat(demo.judge()).as(SAID.toString()).isTrue();
  }

  static Stream<Corruption> corruptions() {
    return Stream.of(
        new Corruption(
            "a voter's participation is deleted",
            "store.participation",
            "DELETE FROM store.participation WHERE ctid = (SELECT min(ctid) FROM store.participation)"),
        new Corruption(
            "somebody votes who is not on the roll",
            "store.participation",
            "INSERT INTO store.participation VALUES ('bibliotheques-2026', "
                + "sha256('stranger'), substring(sha256('vote') FOR 16))"),
        new Corruption(
            "a ballot is put into the box",
            "tally.ballot_box",
            "INSERT INTO tally.ballot_box VALUES ('bibliotheques-2026', 'non')"),
        new Corruption(
            "a ballot in the box is changed",
            "tally.ballot_box",
            "UPDATE tally.ballot_box SET choice = 'non' WHERE ctid ="
                + " (SELECT min(ctid) FROM tally.ballot_box WHERE choice = 'oui')"),
        new Corruption(
            "a count is raised",
            "tally.tally",
            "UPDATE tally.tally SET votes = votes + 1 WHERE choice = 'non'"),
        new Corruption(
            "a vote's outcome is removed from the trail",
            "audit.vote_audit",
            "DELETE FROM audit.vote_audit WHERE ctid ="
                + " (SELECT min(ctid) FROM audit.vote_audit WHERE step = 2)"),
        new Corruption(
            "an attempt is renumbered",
            "audit.duplicate_attempts",
            "UPDATE audit.duplicate_attempts SET attempt = 9 WHERE ctid ="
                + " (SELECT min(ctid) FROM audit.duplicate_attempts)"),
        new Corruption(
            "a voter is taken off the roll",
            "roll.voter",
            "DELETE FROM roll.voter WHERE ctid = (SELECT min(ctid) FROM roll.voter)"));
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void findsWhatIsPlanted(Corruption corruption) throws Exception {
    execute("CREATE TABLE kept AS SELECT * FROM " + corruption.table());
    try {
      execute(corruption.change());
      assertThat(demo.judge()).as(corruption.what()).isFalse();
    } finally {
      execute("DELETE FROM " + corruption.table());
      execute("INSERT INTO " + corruption.table() + " SELECT * FROM kept");
      execute("DROP TABLE kept");
    }
    SAID.getBuffer().setLength(0);
    assertThat(demo.balances()).as("without: " + corruption.what() + SAID).isTrue();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
