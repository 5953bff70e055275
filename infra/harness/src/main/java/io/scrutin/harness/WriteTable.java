package io.scrutin.harness;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What caught which planted bug, as a table of a page. */
final class WriteTable {
  static final String BEGIN = "<!-- planted bugs: written by ./scrutin verify-harness -->";
  static final String END = "<!-- end of planted bugs -->";

  private static final String HEAD =
      "| planted | what is wrong then | simulation | chaos |\n|---|---|---|---|\n";

  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\|.*");

  private WriteTable() {}

  static String row(Tried tried) {
    return "| `%s` | %s | %s | %s |"
        .formatted(tried.name(), tried.bug(), cell(tried.simulation()), cell(tried.chaos()));
  }

  private static String cell(Finding finding) {
    return switch (finding) {
      case Finding.Caught caught -> "caught after " + caught.after();
      case Finding.Missed missed -> "nothing in " + missed.after();
      case Finding.Unfit unfit -> "no judgement: " + unfit.why();
    };
  }

  /**
   * The page with this row in its table, in place of the one it had of that name. All of them take
   * an hour: what is known stays, whatever becomes of the rest.
   *
   * @param names of all rows that there may be, in their order
   */
  static String into(String page, Tried tried, Collection<String> names) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page has no place for the table: " + BEGIN);
    }
    Map<String, String> rows = rows(page.substring(begin + BEGIN.length(), end));
    rows.put(tried.name(), row(tried));
    StringBuilder table = new StringBuilder(HEAD);
    for (String name : names) {
      if (rows.containsKey(name)) {
        table.append(rows.get(name)).append('\n');
      }
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + table + page.substring(end);
  }

  /** By the names of what was planted. */
  private static Map<String, String> rows(String table) {
    Map<String, String> rows = new HashMap<>();
    for (String line : table.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), line);
      }
    }
    return rows;
  }
}
