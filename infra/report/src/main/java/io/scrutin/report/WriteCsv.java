package io.scrutin.report;

import java.util.List;
import java.util.stream.Collectors;

/** RFC 4180, for programs and for spreadsheets, which take some texts for formulas. */
final class WriteCsv {
  private static final String END_OF_RECORD = "\r\n";

  /** What a spreadsheet may begin to compute at, or skips before it does. */
  private static final String STARTS_A_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private WriteCsv() {}

  static String of(Sheet sheet) {
    StringBuilder text = new StringBuilder(record(sheet.kind().columns()));
    sheet.rows().forEach(row -> text.append(record(row)));
    return text.toString();
  }

  private static String record(List<?> cells) {
    return cells.stream().map(WriteCsv::field).collect(Collectors.joining(",", "", END_OF_RECORD));
  }

  private static String field(Object cell) {
    // Numbers are what they are, minus and all; only texts can be made by somebody.
    String text = cell instanceof Number ? cell.toString() : harmless(cell.toString());
    boolean quoted = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static String harmless(String text) {
    return !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
