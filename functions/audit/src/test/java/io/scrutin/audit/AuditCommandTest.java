package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.stamped;
import static io.scrutin.audit.Notes.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scrutin.console.Surroundings;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteRejected.Reason;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCommandTest {
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final AuditTables tables = new AuditTables(database);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path passwords;

  @BeforeEach
  void queueAVote() throws Exception {
    Files.writeString(passwords.resolve("audit"), "none\n");
    DataSource source = database.dataSource("audit");
    new AuditVotes(
            new AuditBook(source), new Trails(source), new AuditMetrics(new SimpleMeterRegistry()))
        .answer(List.of(stamped(new VoteRejected(vote(7), LAW, Reason.TOO_LATE), DURING)));
  }

  private int decide(String... arguments) {
    Map<String, String> environment =
        Map.of(
            Surroundings.POSTGRES_URL,
            database.jdbcUrl(),
            Surroundings.POSTGRES_PASSWORDS_DIR,
            passwords.toString());
    return run(environment, arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return AuditCommand.run(
        List.of(arguments), environment, new PrintWriter(out), new PrintWriter(err));
  }

  private static String[] decision(String vote, String law, String word, String by, String note) {
    return new String[] {
      "decide", vote, "--law", law, "--decision", word, "--by", by, "--note", note
    };
  }

  @Test
  void writesADecisionAndItsAuthorOnce() throws Exception {
    String[] upheld = decision(vote(7).toString(), LAW, "upheld", "A. Clerk", "cast at 20:00:03");
    assertThat(decide(upheld)).isZero();
    assertThat(decide(upheld)).isZero();
    assertThat(
            tables.rows(
                "SELECT decision || ' ' || author || ' ' || note FROM audit.review_decision"))
        .containsExactly("upheld A. Clerk cast at 20:00:03");
    assertThat(out.toString()).contains("is upheld by A. Clerk.", "is upheld already");
  }

  @Test
  void refusesAVoteThatIsNotInTheQueueOfThatContest() {
    assertThat(decide(decision(vote(7).toString(), "law-2", "upheld", "A", "n"))).isEqualTo(1);
    assertThat(decide(decision(vote(8).toString(), LAW, "upheld", "A", "n"))).isEqualTo(1);
    assertThat(err.toString()).contains("review queue of that contest");
  }

  @ParameterizedTest
  @CsvSource({
    "nonsense, upheld, A, n",
    "00000007000000000000000000000000, pardoned, A, n",
    "00000007000000000000000000000000, upheld, '', n",
    "00000007000000000000000000000000, upheld, A, 046454286",
  })
  void saysWhatIsWrongWithItsUse(String vote, String word, String by, String note) {
    assertThat(decide(decision(vote, LAW, word, by, note))).isEqualTo(2);
    assertThat(err.toString()).isNotBlank().doesNotContain("046454286");
  }

  @Test
  void saysWhichPlaceIsNotSet() {
    assertThat(run(Map.of(), decision(vote(7).toString(), LAW, "upheld", "A", "n"))).isEqualTo(2);
    assertThat(err.toString()).contains("SCRUTIN_POSTGRES");
  }

  @Test
  void saysThatNothingIsWrittenWhileTheDatabaseIsAway() {
    Map<String, String> nowhere =
        Map.of(
            Surroundings.POSTGRES_URL,
            "jdbc:postgresql://127.0.0.1:1/scrutin",
            Surroundings.POSTGRES_PASSWORDS_DIR,
            passwords.toString());
    assertThat(run(nowhere, decision(vote(7).toString(), LAW, "upheld", "A", "n"))).isEqualTo(1);
    assertThat(err.toString()).contains("Nothing was written");
  }
}
