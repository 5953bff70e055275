package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say, as far as it can be checked. */
final class DocumentsTest {
  private static final House HOUSE = House.ofThisRepository();
  private static final Documents DOCUMENTS = Documents.of(HOUSE);

  private static final Pattern POSTED = Pattern.compile("-d '(\\{.*?})'");

  private static final Pattern OPENAPI_PATH = Pattern.compile("(?m)^  (/\\S+):$");

  @TempDir Path dir;

  @Test
  void everyLinkLeadsSomewhere() {
    assertThat(DOCUMENTS.paths()).hasSizeGreaterThan(20);
    assertThat(DOCUMENTS.brokenLinks()).isEmpty();
  }

  @Test
  void everyCommandNamedIsInTheHelp() {
    String script = HOUSE.root().resolve("scrutin").toString();
    Command help = Command.run(HOUSE.root(), List.of(script, "help"));
    assertThat(help.status()).isZero();
    assertThat(DOCUMENTS.unknownCommands(help.output())).isEmpty();
  }

  @Test
  void everyModuleAndFolderNamedIsThere() {
    assertThat(DOCUMENTS.unknownPaths()).isEmpty();
  }

  @Test
  void everyDecisionIsListed() {
    assertThat(DOCUMENTS.unlistedDecisions()).isEmpty();
  }

  @Test
  void everyFunctionSaysWhatItTakesAnswersDoesAndRefuses() {
    assertThat(DOCUMENTS.badReadmes(HOUSE)).isEmpty();
  }

  @Test
  void theApiPageNamesEveryPath() {
    String description =
        House.text(HOUSE.root().resolve("infra/standalone/src/main/resources/page/openapi.yaml"));
    String page = House.text(HOUSE.root().resolve("docs/api.md"));
    List<String> paths = OPENAPI_PATH.matcher(description).results().map(m -> m.group(1)).toList();
    assertThat(paths).hasSizeGreaterThan(5).allSatisfy(path -> assertThat(page).contains(path));
  }

  @Test
  void theVoteInTheReadmeHasTheFieldsOfAVote() {
    Matcher posted = POSTED.matcher(House.text(HOUSE.root().resolve("README.md")));
    assertThat(posted.find()).isTrue();
    assertThat(posted.group(1))
        .matches(
            "\\{\"nas\":\"[0-9]{9}\",\"code\":\"[^\"]+\",\"law_id\":\"[^\"]+\",\"vote\":\"oui\"}");
  }

  @Test
  void findsWhatIsWrongInADocument() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "final class Ballots {}")
            .main("functions/verify", "Roll", "final class Roll {}")
            .file("functions/store/README.md", "# store\n\n## In\n\n## Out\n\n## Effects\n")
            .file("docs/adr/README.md", "[1](0001-one.md)")
            .file("docs/adr/0001-one.md", "# 1. One")
            .file("docs/adr/0002-two.md", "# 2. Two")
            .file(
                "README.md",
                """
                # Title
                [good](docs/adr/0001-one.md#1-one) [gone](docs/none.md) [no such part](#other)
                `./scrutin fly` `infra/none`
                """)
            .written();
    Documents documents = Documents.of(bad);
    assertThat(documents.brokenLinks())
        .containsExactly("README.md docs/none.md", "README.md #other");
    assertThat(documents.unknownCommands("  up\n")).containsExactly("README.md ./scrutin fly");
    assertThat(documents.unknownPaths()).containsExactly("README.md infra/none");
    assertThat(documents.unlistedDecisions()).containsExactly("0002-two.md");
    assertThat(documents.badReadmes(bad))
        .containsExactly(
            "store does not say: Refusals",
            "store does not say: Limits",
            "verify has no README.md");
  }
}
