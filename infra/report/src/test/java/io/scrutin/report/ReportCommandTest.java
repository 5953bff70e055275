package io.scrutin.report;

import static io.scrutin.report.AuditOnPostgres.vote;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed of a real audit function's answers. */
class ReportCommandTest {
  private static AuditOnPostgres audit;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    audit = new AuditOnPostgres();
  }

  @AfterAll
  static void stop() {
    audit.close();
  }

  private int report(String arguments) {
    return report(Map.of("SCRUTIN_URL", audit.url()), arguments);
  }

  private int report(Map<String, String> environment, String arguments) {
    return ReportCommand.run(
        Arrays.asList(arguments.split(" ")),
        environment,
        new PrintWriter(out),
        new PrintWriter(err));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(
            "turnout law-1 --lang en",
            """
            Turnout of law-1

              stage      votes
              cast          12  ########################################
              recorded      12  ########################################
              duplicate      2  #######
              rejected       2  #######
              parked         0

              40 voters are on the roll: 30.00 % have voted.
            """),
        Arguments.of(
            "hours law-1",
            """
            Votes enregistrés par heure (UTC) : law-1

              de                    à                     enregistrés
              2026-06-01T08:00:00Z  2026-06-01T09:00:00Z            8  ########################################
              2026-06-01T09:00:00Z  2026-06-01T11:00:00Z            4  ####################
            """),
        Arguments.of(
            "refusals law-1 --lang en",
            """
            Rejected votes of law-1 by reason

              reason                      votes
              cast after closing              1  ########################################
              credential not on the roll      1  ########################################
            """),
        Arguments.of(
            "refusals law-2",
            """
            Votes refusés, par motif : law-2

              Aucun vote n'a été refusé.
            """));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void printsTextInTheLanguageAskedFor(String arguments, String text) {
    assertThat(report(arguments)).isZero();
    assertThat(out.toString()).isEqualTo(text);
    assertThat(err.toString()).isEmpty();
  }

  static Stream<Arguments> sheets() {
    return Stream.of(
        Arguments.of(
            "turnout",
            List.of(
                "stage,votes", "cast,12", "recorded,12", "duplicated,2", "rejected,2", "parked,0")),
        Arguments.of(
            "duplicates",
            List.of(
                "request_id,attempt,at",
                vote(22) + ",3,2026-06-01T08:01:01Z",
                vote(21) + ",2,2026-06-01T08:01:00Z")),
        Arguments.of(
            "review",
            List.of(
                "request_id,reason,at,decision,author,decided_at,note",
                vote(32)
                    + ",too_late,2026-06-01T08:01:11Z,upheld,A. Clerk,2026-06-03T09:00:00Z,"
                    + "\"'=1+1, \"\"late\"\"\"",
                vote(31) + ",unknown_credential,2026-06-01T08:01:10Z,,,,")),
        Arguments.of("refusals", List.of("reason,count", "too_late,1", "unknown_credential,1")),
        Arguments.of(
            "hours",
            List.of(
                "from,until,recorded",
                "2026-06-01T08:00:00Z,2026-06-01T09:00:00Z,8",
                "2026-06-01T09:00:00Z,2026-06-01T11:00:00Z,4")));
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void printsCsvThatASpreadsheetDoesNotCompute(String kind, List<String> records) {
    assertThat(report(kind + " law-1 --format csv")).isZero();
    assertThat(out.toString()).isEqualTo(String.join("\r\n", records) + "\r\n");
  }

  @Test
  void passesJsonThrough() {
    assertThat(report("refusals law-1 --format json")).isZero();
    assertThat(out.toString().strip())
        .isEqualTo(
            "{\"law_id\":\"law-1\",\"rejected\":2,\"reasons\":[{\"reason\":\"too_late\",\"count\":1},"
                + "{\"reason\":\"unknown_credential\",\"count\":1}]}");
  }

  @Test
  void makesOneListOfAllPages() {
    assertThat(report("duplicates law-1 --format json")).isZero();
    assertThat(out.toString().strip())
        .isEqualTo(
            "{\"items\":[{\"request_id\":\"%s\",\"attempt\":3,\"at\":\"2026-06-01T08:01:01Z\"},{\"request_id\":\"%s\",\"attempt\":2,\"at\":\"2026-06-01T08:01:00Z\"}]}"
                .formatted(vote(22), vote(21)));
  }

  @Test
  void exitsWithOneWhenTheBooksDiffer() {
    assertThat(report("integrity law-2 --lang en")).isEqualTo(1);
    assertThat(out.toString()).contains("NO", "THE BOOKS DIFFER");
  }

  @Test
  void exitsWithOneWhenAVoteIsStuck() {
    assertThat(report("health law-2 --lang en")).isEqualTo(1);
    assertThat(out.toString())
        .contains("STUCK", "1 casts have no outcome yet", "since 2026-06-01T08:00:01Z");
  }

  @Test
  void exitsWithZeroWhenAllIsThrough() {
    assertThat(report("health law-1")).isZero();
    assertThat(out.toString()).contains("Rien n'attend.", "la moitié en 0.5 s");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void printsEveryKindInEveryFormatAndLanguage(Kind kind) {
    for (String format : List.of("text", "csv", "json")) {
      for (String language : List.of("fr", "en")) {
        String arguments = kind.name() + " law-1 --format " + format + " --lang " + language;
        assertThat(report(arguments)).as(arguments).isEqualTo(kind == Kind.INTEGRITY ? 1 : 0);
      }
    }
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en, Unknown law., Check the law id",
    "fr, Loi inconnue., Vérifiez l'identifiant",
  })
  void saysWhatToDoAboutALawThatIsNotKnown(String language, String what, String next) {
    assertThat(report("hours no-such-law --lang " + language)).isEqualTo(1);
    assertThat(err.toString()).contains(what, next);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void saysToTryAgainWhilePostgresIsAway() {
    audit.wire().cut();
    try {
      assertThat(report("duplicates law-1 --lang en")).isEqualTo(1);
      assertThat(err.toString()).contains("temporarily unavailable", "Try again in a moment");
    } finally {
      audit.wire().heal();
    }
    // The pool pauses between two attempts to connect; the tests after this one need it.
    Await.until(() -> report("duplicates law-1 --lang en") == 0, "Postgres is found again");
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThat(report(Map.of("SCRUTIN_URL", "http://127.0.0.1:1"), "turnout law-1 --lang en"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("http://127.0.0.1:1", "Start the system");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turnout",
        "nonsense law-1",
        "turnout ..",
        "turnout law/1",
        "turnout law-1 --format xml",
        "duplicates law-1 --pages 0"
      })
  void saysWhatIsWrongWithItsUse(String arguments) {
    assertThat(report(arguments)).isEqualTo(2);
    assertThat(err.toString()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "::"})
  void saysThatItDoesNotKnowWhereToAsk(String url) {
    assertThat(report(Map.of("SCRUTIN_URL", url), "turnout law-1")).isEqualTo(2);
    assertThat(err.toString()).contains("SCRUTIN_URL");
  }
}
