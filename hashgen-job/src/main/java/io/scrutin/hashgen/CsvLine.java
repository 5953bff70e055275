package io.scrutin.hashgen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One row of a CSV file, RFC 4180 but for line ends inside quotes. */
final class CsvLine {
  private static final char QUOTE = '"';

  /** What a spreadsheet may begin to compute at, or skips before it does. */
  private static final String STARTS_A_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private CsvLine() {}

  /** Its fields, or nothing if a quote stands where none may, or is never closed. */
  static Optional<List<String>> split(String line, char separator) {
    if (line.indexOf(QUOTE) >= 0) {
      return splitQuoted(line, separator);
    }
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
      fields.add(line.substring(start, end));
      start = end + 1;
    }
    fields.add(line.substring(start));
    return Optional.of(fields);
  }

  private static Optional<List<String>> splitQuoted(String line, char separator) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder field = new StringBuilder();
      boolean quoted = at < line.length() && line.charAt(at) == QUOTE;
      at = quoted ? quotedField(line, at + 1, field) : plainField(line, at, separator, field);
      if (at < 0 || (at < line.length() && line.charAt(at) != separator)) {
        return Optional.empty();
      }
      fields.add(field.toString());
      if (at == line.length()) {
        return Optional.of(fields);
      }
      at++;
    }
  }

  /** Where the closing quote was passed, or -1 if there is none. */
  private static int quotedField(String line, int from, StringBuilder field) {
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c != QUOTE) {
        field.append(c);
      } else if (at < line.length() && line.charAt(at) == QUOTE) {
        field.append(QUOTE);
        at++;
      } else {
        return at;
      }
    }
    return -1;
  }

  private static int plainField(String line, int from, char separator, StringBuilder field) {
    int end = line.indexOf(separator, from);
    int until = end < 0 ? line.length() : end;
    field.append(line, from, until);
    return field.indexOf("\"") >= 0 ? -1 : until;
  }

  /** For people, whose spreadsheets take some texts for formulas. */
  static String join(List<String> fields) {
    return fields.stream().map(CsvLine::field).collect(Collectors.joining(","));
  }

  private static String field(String text) {
    boolean formula = !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0;
    String harmless = formula ? "'" + text : text;
    boolean plain = harmless.chars().noneMatch(c -> c == ',' || c == ';' || c == QUOTE || c < ' ');
    return plain ? harmless : QUOTE + harmless.replace("\"", "\"\"") + QUOTE;
  }
}
