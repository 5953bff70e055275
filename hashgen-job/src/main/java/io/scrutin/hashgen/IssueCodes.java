package io.scrutin.hashgen;

import io.scrutin.credential.Nas;
import io.scrutin.hashgen.BadRow.Reason;
import io.scrutin.hashgen.TextBlocks.Block;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** A list of voters becomes a roll with a code for each, and the letters that bring it to them. */
final class IssueCodes {
  static final String ROLL = "roll.csv";
  static final String MAILING = "mailing.csv";

  private static final Set<String> ADDED =
      Set.of("code", "law_id", "url", "letter_fr", "letter_en");

  private static final int[] NO_REPEATS = {};

  /**
   * @param url where voters vote
   */
  record Options(String lawId, String url, int codeLength) {}

  /** How a list is read. */
  private record Layout(char separator, Optional<List<String>> heading, int nas, int count) {}

  /** One voter of the list. */
  private interface VoterReader {
    void read(int line, String nas, List<String> others) throws IOException, RollRefused;
  }

  private final Options options;
  private final SecureRandom random;

  IssueCodes(Options options, SecureRandom random) {
    this.options = options;
    this.random = random;
  }

  /** What came of it: nothing is written if any row is bad, or there is none. */
  record Issued(int count, BadRows bad) {}

  Issued issue(Path list, Path out) throws IOException, RollRefused {
    try (Workshop workshop = Workshop.in(out)) {
      refuseToReplace(out);
      Layout layout = layout(list);
      BadRows bad = new BadRows();
      int count = check(list, layout, bad);
      if (bad.count() == 0 && count > 0) {
        write(list, layout, workshop);
        // The roll last: without it no letter is worth anything.
        Files.move(workshop.file(MAILING), out.resolve(MAILING));
        Files.move(workshop.file(ROLL), out.resolve(ROLL));
      }
      return new Issued(count, bad);
    }
  }

  private static void refuseToReplace(Path out) throws RollRefused {
    if (Files.exists(out.resolve(ROLL))) {
      throw new RollRefused(
          "codes were issued in "
              + out
              + " already, and its letters may be printed: with new codes"
              + " they would be worth nothing. Choose another --out");
    }
    if (Files.exists(out.resolve(MAILING))) {
      throw new RollRefused(
          "an issue in "
              + out
              + " broke off: its "
              + MAILING
              + " has no roll. Delete it, and destroy"
              + " any letter printed from it");
    }
  }

  private static Layout layout(Path list) throws IOException, RollRefused {
    try (TextBlocks file = new TextBlocks(Files.newInputStream(list))) {
      Block first = file.next();
      if (first == null) {
        throw new RollRefused(list + " is empty");
      }
      CsvLayout layout = CsvLayout.of(first.firstLineText());
      if (layout.heading().isPresent()) {
        Set<String> taken = new TreeSet<>(layout.heading().get());
        taken.retainAll(ADDED);
        if (!taken.isEmpty()) {
          throw new RollRefused("the list has columns that issuing adds: " + taken);
        }
      }
      int count =
          CsvLine.split(first.firstLineText(), layout.separator()).map(List::size).orElse(1);
      return new Layout(layout.separator(), layout.heading(), layout.column("nas", 0), count);
    }
  }

  private static int check(Path list, Layout layout, BadRows bad) throws IOException, RollRefused {
    NasLines lines = new NasLines();
    forEachRow(
        list,
        layout,
        bad,
        (line, nas, _) -> {
          if (lines.count() == HashRows.MAX_ROWS) {
            throw new RollRefused("the list has more than " + HashRows.MAX_ROWS + " voters");
          }
          lines.add(NasLines.row(0, new Nas(nas), line));
        });
    int count = lines.count();
    lines.findAgain(Reason.SAME_NAS, NO_REPEATS, bad);
    return count;
  }

  private void write(Path list, Layout layout, Workshop workshop) throws IOException, RollRefused {
    Codes codes = new Codes(random, options.codeLength());
    List<String> columns = new ArrayList<>(List.of("nas"));
    columns.addAll(others(layout.heading().orElse(numbered(layout.count())), layout.nas()));
    columns.addAll(List.of("code", "law_id", "url", "letter_fr", "letter_en"));
    try (BufferedWriter roll = PrivateFile.create(workshop.file(ROLL));
        BufferedWriter mailing = PrivateFile.create(workshop.file(MAILING))) {
      roll.write("nas,code,law_id\n");
      mailing.write(CsvLine.join(columns) + "\n");
      forEachRow(
          list,
          layout,
          new BadRows(),
          (_, nas, others) -> {
            String code = codes.next();
            roll.write(nas + "," + code + "," + options.lawId() + "\n");
            mailing.write(CsvLine.join(letter(nas, others, Codes.grouped(code))) + "\n");
          });
    }
  }

  /** Columns of a list without a heading. */
  private static List<String> numbered(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> "column_" + number).toList();
  }

  private List<String> letter(String nas, List<String> others, String code) {
    List<String> fields = new ArrayList<>(List.of(nas));
    fields.addAll(others);
    fields.addAll(List.of(code, options.lawId(), options.url()));
    fields.add(Letter.french(options.lawId(), options.url(), code));
    fields.add(Letter.english(options.lawId(), options.url(), code));
    return fields;
  }

  private static List<String> others(List<String> fields, int nas) {
    List<String> others = new ArrayList<>(fields);
    others.remove(nas);
    return others;
  }

  private static void forEachRow(Path list, Layout layout, BadRows bad, VoterReader reader)
      throws IOException, RollRefused {
    int headingLine = layout.heading().isPresent() ? 1 : 0;
    try (TextBlocks file = new TextBlocks(Files.newInputStream(list))) {
      for (Block block = file.next(); block != null; block = file.next()) {
        block.forEachLine(
            (line, text) -> {
              if (line != headingLine && !text.isBlank()) {
                readRow(line, text, layout, bad, reader);
              }
            });
      }
    }
  }

  private static void readRow(int line, String text, Layout layout, BadRows bad, VoterReader reader)
      throws IOException, RollRefused {
    Optional<Reason> unreadable = ReadRow.unreadable(text);
    if (unreadable.isPresent()) {
      bad.add(new BadRow(line, unreadable.get()));
      return;
    }
    Optional<List<String>> fields = CsvLine.split(text, layout.separator());
    if (fields.isEmpty()) {
      bad.add(new BadRow(line, Reason.QUOTES));
      return;
    }
    List<String> row = fields.get();
    if (row.size() != layout.count()) {
      bad.add(new BadRow(line, Reason.COLUMNS));
      return;
    }
    Optional<Nas> nas = Nas.parse(row.get(layout.nas()));
    if (nas.isEmpty()) {
      bad.add(new BadRow(line, Reason.NAS));
      return;
    }
    reader.read(line, nas.get().digits(), others(row, layout.nas()));
  }
}
