package io.scrutin.harness;

import java.util.List;
import java.util.stream.Collectors;

/** What caught which planted bug, as a table of a page. */
final class WriteTable {
  static final String BEGIN = "<!-- planted bugs: written by ./scrutin verify-harness -->";
  static final String END = "<!-- end of planted bugs -->";

  private WriteTable() {}

  static String of(List<Tried> tried) {
    return tried.stream()
        .map(
            row ->
                "| `%s` | %s | %s | %s |"
                    .formatted(row.name(), row.bug(), cell(row.simulation()), cell(row.chaos())))
        .collect(
            Collectors.joining(
                "\n",
                "| planted | what is wrong then | simulation | chaos |\n|---|---|---|---|\n",
                "\n"));
  }

  private static String cell(Finding finding) {
    return switch (finding) {
      case Finding.Caught caught -> "caught after " + caught.after();
      case Finding.Missed missed -> "nothing in " + missed.after();
      case Finding.Unfit unfit -> "no judgement: " + unfit.why();
    };
  }

  /** The page with this table in place of the one it has. */
  static String into(String page, String table) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page has no place for the table: " + BEGIN);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + table + page.substring(end);
  }
}
