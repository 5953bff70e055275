package io.scrutin.hashgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.credential.Code;
import io.scrutin.hashgen.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssueTest {
  @TempDir Path dir;
  private Shell shell;
  private Path out;

  @BeforeEach
  void setUp() throws IOException {
    shell = new Shell(dir);
    out = dir.resolve("issue");
  }

  private Answer issue(List<String> list, Object... more) throws IOException {
    Stream<Object> words =
        Stream.of("issue", "--law", "law-1", "--nas", shell.file("nas.csv", list), "--out", out);
    Stream<Object> url = Stream.of("--url", "https://vote.example");
    return shell.run(Stream.of(words, url, Stream.of(more)).flatMap(each -> each).toArray());
  }

  private static List<String> list(int count) {
    return IntStream.range(1, count + 1).mapToObj(Voters::nas).toList();
  }

  @Test
  void givesEachVoterACodeThatGenerateTakes() throws IOException {
    Answer answer = issue(list(50));
    assertThat(answer.exit()).as(answer.err()).isZero();
    List<String> roll = Files.readAllLines(out.resolve("roll.csv"));
    assertThat(roll).hasSize(51).startsWith("nas,code,law_id");
    assertThat(roll.subList(1, 51)).allMatch(row -> row.matches("0[0-9]{8},[2-9A-Z]{8},law-1"));
    Answer generated =
        shell.run("generate", "--in", out.resolve("roll.csv"), "--out", dir.resolve("rolls"));
    assertThat(generated.out()).contains("law-1: 50 voters");
    for (String row : roll) {
      assertThat(answer.out() + answer.err() + generated.out() + generated.err())
          .doesNotContain(row.split(",")[0].equals("nas") ? "\u0000" : row.split(",")[0])
          .doesNotContain(row.split(",")[1].equals("code") ? "\u0000" : row.split(",")[1]);
    }
  }

  @Test
  void carriesTheOtherColumnsIntoTheLettersInBothLanguages() throws IOException {
    issue(
        List.of(
            "Name;NAS;Address",
            "Zoé Tremblay;" + Voters.nas(1) + ";\"1, rue Principale\"",
            "Ann Smith;" + Voters.nas(2) + ";2 Main Street"));
    List<String> mailing = Files.readAllLines(out.resolve("mailing.csv"));
    assertThat(mailing.getFirst())
        .isEqualTo("nas,name,address,code,law_id,url,letter_fr,letter_en");
    List<String> fields = CsvLine.split(mailing.get(1), ',').orElseThrow();
    assertThat(fields.subList(0, 3))
        .containsExactly(Voters.nas(1), "Zoé Tremblay", "1, rue Principale");
    String code = fields.get(3);
    assertThat(code).matches("[2-9A-Z]{4}-[2-9A-Z]{4}");
    assertThat(fields.get(6)).contains("Pour voter", "https://vote.example", code, "law-1");
    assertThat(fields.get(7)).contains("To vote, go to https://vote.example", code, "law-1");
    String onRoll = Files.readAllLines(out.resolve("roll.csv")).get(1).split(",")[1];
    assertThat(Code.parse(code)).contains(new Code(onRoll));
  }

  @Test
  void letsOnlyItsOwnerReadWhatItWrites() throws IOException {
    issue(list(2));
    for (String file : List.of("roll.csv", "mailing.csv")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve(file))))
          .isEqualTo("rw-------");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rwx------");
  }

  @Test
  void replacesNoCodesThatMayBePrinted() throws IOException {
    issue(list(2));
    String before = Files.readString(out.resolve("roll.csv"));
    Answer again = issue(list(3));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("letters may be printed");
    assertThat(Files.readString(out.resolve("roll.csv"))).isEqualTo(before);
    Files.delete(out.resolve("roll.csv"));
    assertThat(issue(list(3)).err()).contains("broke off");
  }

  @Test
  void listsBadAndRepeatedNasByLineAndWritesNothing() throws IOException {
    Answer answer =
        issue(List.of("nas", Voters.nas(1), "046454287", Voters.nas(2), Voters.nas(1), "\"x"));
    assertThat(answer.exit()).isEqualTo(3);
    assertThat(answer.err())
        .contains("line 3 has no NAS", "line 5 has the NAS of an earlier line (line 2)")
        .contains("line 6 has a quote", "3 bad rows: no code was issued")
        .doesNotContain("046454287", Voters.nas(1));
    assertThat(out.resolve("roll.csv")).doesNotExist();
    assertThat(out.resolve("mailing.csv")).doesNotExist();
  }

  @Test
  void refusesAListWithoutAVoterAndTakesTheNextOne() throws IOException {
    for (List<String> empty :
        List.of(List.<String>of(), List.of("nas"), List.of("", ""), List.of("nas\r" + list(1)))) {
      Answer answer = issue(empty);
      assertThat(answer.exit()).as(answer.err()).isEqualTo(1);
      assertThat(out.resolve("roll.csv")).doesNotExist();
      assertThat(out.resolve("mailing.csv")).doesNotExist();
    }
    assertThat(issue(list(2)).exit()).isZero();
  }

  @Test
  void startsNoFormulaInASpreadsheet() throws IOException {
    issue(List.of("nas;=name;note", Voters.nas(1) + ";=1+1;\"@a \"\"b\"\"\""));
    List<String> mailing = Files.readAllLines(out.resolve("mailing.csv"));
    assertThat(mailing.getFirst()).startsWith("nas,'=name,note,code");
    List<String> fields = CsvLine.split(mailing.get(1), ',').orElseThrow();
    assertThat(fields.subList(1, 3)).containsExactly("'=1+1", "'@a \"b\"");
    for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D")) {
      assertThat(CsvLine.split(CsvLine.join(List.of("a", start + "b", "")), ',').orElseThrow())
          .containsExactly("a", "'" + start + "b", "");
    }
  }

  @Test
  void refusesAListWhoseColumnsWouldBeMistakenForItsOwn() throws IOException {
    Answer answer = issue(List.of("nas,code", Voters.nas(1) + ",ABC"));
    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("[code]");
  }

  @Test
  void makesCodesOfTheLengthAskedFor() throws IOException {
    assertThat(issue(list(1), "--code-length", 12).exit()).isZero();
    assertThat(Files.readAllLines(out.resolve("roll.csv")).get(1).split(",")[1]).hasSize(12);
    assertThat(issue(list(1), "--code-length", 5).exit()).isEqualTo(2);
    assertThat(issue(list(1), "--law", "../law").exit()).isEqualTo(2);
  }

  @Test
  void drawsEachCharacterEquallyOften() {
    Codes codes = new Codes(new SecureRandom(), 8);
    int count = 30_000;
    int[] seen = new int[128];
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String code = codes.next();
      distinct.add(code);
      code.chars().forEach(c -> seen[c]++);
    }
    double expected = 8.0 * count / Codes.ALPHABET.length();
    double chiSquare =
        Codes.ALPHABET.chars().mapToDouble(c -> Math.pow(seen[c] - expected, 2) / expected).sum();
    // 23 degrees of freedom: over 80 once in a hundred million runs.
    assertThat(chiSquare).isLessThan(80);
    assertThat(distinct).hasSizeGreaterThan(count - 5);
    assertThat(IntStream.of(seen).sum()).isEqualTo(8 * count);
  }

  @Test
  void hasNoCharactersThatLookAlikeOrMakeWords() {
    assertThat(Codes.ALPHABET).doesNotContain("0", "O", "1", "I", "L", "Z", "5", "S", "B", "U");
    assertThat(Codes.ALPHABET.chars().distinct().count()).isEqualTo(Codes.ALPHABET.length());
    assertThat(Codes.grouped("ABCDEFGHJK")).isEqualTo("ABCD-EFGH-JK");
  }
}
