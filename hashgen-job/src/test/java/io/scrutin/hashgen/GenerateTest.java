package io.scrutin.hashgen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.console.Surroundings;
import io.scrutin.hashgen.Shell.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateTest {
  private static final List<String> ROWS = Voters.rows(1, 20, "law-1");

  @TempDir Path dir;
  private Shell shell;
  private Path out;

  @BeforeEach
  void setUp() throws IOException {
    shell = new Shell(dir);
    out = dir.resolve("rolls");
  }

  private Answer generate(byte[] csv, String... more) throws IOException {
    Path file = Files.write(dir.resolve("in.csv"), csv);
    List<Object> words = new ArrayList<>(List.of("generate", "--in", file, "--out", out));
    words.addAll(List.of(more));
    return shell.run(words.toArray());
  }

  private Answer generate(List<String> rows, String... more) throws IOException {
    return generate((String.join("\n", rows) + "\n").getBytes(UTF_8), more);
  }

  private String manifest(String law) throws IOException {
    return Files.readString(out.resolve(law).resolve("manifest.json"));
  }

  private void assertNothingWasWritten() throws IOException {
    try (Stream<Path> written = Files.list(out)) {
      assertThat(written.map(Path::getFileName).map(Path::toString)).containsExactly(".lock");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s\n",
        "%s",
        "\uFEFF%s\n",
        "nas,code,law_id\n%s\n",
        "\uFEFFNAS,Code,Law_ID\n%s\n",
        "\"nas\",\"code\",\"Law_ID\"\n%s\n",
        "%s\n\n\n"
      })
  void readsEachFormOfAFile(String form) throws IOException {
    generate(ROWS);
    String expected = manifest("law-1");
    for (String rows :
        List.of(
            String.join("\n", ROWS),
            String.join("\r\n", ROWS),
            String.join("\n", ROWS).toLowerCase(java.util.Locale.ROOT),
            String.join("\n", ROWS).replaceAll("([^,\n]+)", "\"$1\""))) {
      out = dir.resolve("rolls-" + form.hashCode() + rows.hashCode());
      Answer answer = generate(form.formatted(rows).getBytes(UTF_8));
      assertThat(answer.exit()).as(answer.err()).isZero();
      assertThat(manifest("law-1")).isEqualTo(expected);
      String semicolons = form.formatted(rows).replace(',', ';');
      out = dir.resolve("rolls-semicolons" + form.hashCode() + rows.hashCode());
      generate(semicolons.getBytes(UTF_8));
      assertThat(manifest("law-1")).isEqualTo(expected);
    }
  }

  @Test
  void findsColumnsByTheirNames() throws IOException {
    generate(ROWS);
    String expected = manifest("law-1");
    List<String> rows = new ArrayList<>(List.of("law_id,name,code,nas"));
    for (String row : ROWS) {
      String[] fields = row.split(",");
      rows.add(fields[2] + ",\"Tremblay, \"\"Ti-Jo\"\"\"," + fields[1] + "," + fields[0]);
    }
    out = dir.resolve("named");
    assertThat(generate(rows).exit()).isZero();
    assertThat(manifest("law-1")).isEqualTo(expected);
  }

  @Test
  void makesARollForEachLaw() throws IOException {
    List<String> rows = new ArrayList<>(ROWS);
    rows.addAll(Voters.rows(1, 30, "law-2"));
    Answer answer = generate(rows);
    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).contains("law-1: 20 voters in 1 shards", "law-2: 30 voters");
    assertThat(manifest("law-2")).contains("\"count\" : 30");
  }

  @Test
  void listsBadRowsWithLineAndReasonAndWritesNothing() throws IOException {
    Answer answer =
        generate(
            List.of(
                "nas,code,law_id",
                ROWS.get(0),
                "046454287,ABCD2345,law-1",
                "",
                Voters.nas(2) + ",SHORT,law-1",
                Voters.nas(3) + ",ABCD2345,../law",
                Voters.nas(4) + ",ABCD2345",
                Voters.nas(5) + ",\"ABCD2345",
                "\",law-1",
                ROWS.get(1)));
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err())
        .contains("line 3 has no NAS", "line 5 has no code", "line 6 has no law id")
        .contains("line 7 has another number of columns", "line 8 has a quote", "line 9 has")
        .contains("6 bad rows: nothing was generated")
        .doesNotContain("046454287", "SHORT", "ABCD2345");
    assertThat(answer.out()).contains("1 empty lines");
    assertNothingWasWritten();
  }

  @Test
  void letsPassAsManyBadRowsAsItIsAllowedTo() throws IOException {
    List<String> rows = new ArrayList<>(ROWS);
    rows.add("nonsense");
    rows.add("more nonsense");
    assertThat(generate(rows, "--allow-bad", "1").exit()).isEqualTo(3);
    Answer answer = generate(rows, "--allow-bad", "2");
    assertThat(answer.exit()).isZero();
    assertThat(answer.err()).contains("line 21 ", "line 22 ");
    assertThat(manifest("law-1")).contains("\"count\" : 20");
  }

  @Test
  void reportsRepeatedRowsAndKeepsThemOnce() throws IOException {
    List<String> rows = new ArrayList<>(ROWS);
    rows.add(ROWS.get(4));
    rows.add(ROWS.get(4));
    Answer answer = generate(rows);
    assertThat(answer.exit()).isZero();
    assertThat(answer.err()).contains("line 21 repeats line 5", "line 22 repeats line 5");
    assertThat(manifest("law-1")).contains("\"count\" : 20");
  }

  @Test
  void refusesASecondCodeForAVoterSinceItWouldBeASecondVote() throws IOException {
    List<String> rows = new ArrayList<>(ROWS);
    rows.add(Voters.nas(3) + ",QQQQQQQQ,law-1");
    Answer answer = generate(rows);
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err()).contains("line 21 gives a NAS another code", "(line 3)");
    assertThat(generate(rows, "--allow-bad", "1").exit()).isZero();
    assertThat(manifest("law-1")).contains("\"count\" : 20");
  }

  @Test
  void refusesAFileThatIsNoCsvInUtf8() throws IOException {
    assertThat(generate("nas,code".getBytes(StandardCharsets.UTF_16)).err()).contains("UTF-16");
    assertThat(generate(new byte[600_000]).err()).contains("line 1 has no end");
    Answer latin = generate("nas,code,law_id\né,é,é\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(latin.err()).contains("line 2 is not UTF-8");
    Answer unnamed = generate(List.of("nas,secret,law_id"));
    assertThat(unnamed.exit()).isEqualTo(1);
    assertThat(unnamed.err()).contains("one column named code");
  }

  @Test
  void refusesLinesThatEndInAReturnAlone() throws IOException {
    String heading = "nas,code,law_id";
    Answer all = generate((heading + "\r" + String.join("\r", ROWS)).getBytes(UTF_8));
    assertThat(all.exit()).isEqualTo(1);
    assertThat(all.err()).contains("line 1 has a carriage return without a line feed");
    Answer one = generate((String.join("\r\n", ROWS) + "\r").getBytes(UTF_8));
    assertThat(one.err()).contains("line 20 has a carriage return");
    String many = String.join("\r", Voters.rows(1, 30_000, "law-1"));
    assertThat(generate(many.getBytes(UTF_8)).err()).contains("line 1 has a carriage return");
    assertNothingWasWritten();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nas,code,law_id", "nas,code,law_id\r\n\r\n\n", "\uFEFF", "\n"})
  void refusesAFileWithoutAVoter(String file) throws IOException {
    Answer answer = generate(file.getBytes(UTF_8));
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("is a voter's: nothing was generated");
    assertThat(generate("nonsense".getBytes(UTF_8), "--allow-bad", "1").exit()).isEqualTo(1);
    assertNothingWasWritten();
  }

  @Test
  void countsLinesOverManyBlocks() throws IOException {
    List<String> rows = new ArrayList<>(Voters.rows(1, 30_000, "law-1"));
    rows.set(29_998, "nonsense");
    assertThat(generate(rows).err()).contains("line 29999 has another number of columns");
  }

  @Test
  void findsAnEqualRollUnchangedAndReplacesNoOther() throws IOException {
    assertThat(generate(ROWS).exit()).isZero();
    assertThat(generate(ROWS.reversed()).exit()).isZero();
    Answer other = generate(ROWS.subList(0, 19));
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("choose another --out");
    assertThat(manifest("law-1")).contains("\"count\" : 20");
  }

  @Test
  void clearsWhatAKilledOneLeft() throws IOException {
    Path leftover = Files.createDirectories(out.resolve(".unfinished-1").resolve("parts"));
    Files.write(leftover.resolve("part-0"), new byte[10]);
    assertThat(generate(ROWS).exit()).isZero();
    assertThat(out.resolve(".unfinished-1")).doesNotExist();
  }

  @Test
  void usesTheOlderSchemeOnlyWhenItIsNamed() throws IOException {
    assertThat(generate(ROWS, "--scheme", "sha256").exit()).isZero();
    assertThat(manifest("law-1")).contains("\"scheme\" : \"sha256\"", "\"key_id\" : \"none\"");
    assertThat(generate(ROWS, "--scheme", "md5").exit()).isEqualTo(2);
  }

  @Test
  void tellsTwoPeppersApartWithoutTellingThem() throws IOException {
    Answer answer = generate(ROWS);
    String first = manifest("law-1");
    shell.pepper("fedcba9876543210".repeat(4));
    out = dir.resolve("other");
    generate(ROWS);
    assertThat(manifest("law-1").lines().filter(line -> line.contains("key_id")))
        .doesNotContainAnyElementsOf(first.lines().toList());
    assertThat(answer.out() + answer.err() + first).doesNotContain(Shell.PEPPER.substring(0, 16));
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(shell.run("generate").exit()).isEqualTo(2);
    assertThat(shell.run("generate", "--in", "absent", "--out", out).exit()).isEqualTo(2);
    shell.with(Surroundings.PEPPER_FILE, dir.resolve("absent").toString());
    Answer answer = generate(ROWS);
    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err()).contains("no key can be read from");
  }
}
