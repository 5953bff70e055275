package io.scrutin.hashgen;

import io.scrutin.credential.Code;
import io.scrutin.credential.Nas;
import io.scrutin.hashgen.BadRow.Reason;
import java.util.List;
import java.util.Optional;

/** Tells rows that are a credential from those that are not. */
final class ReadRow {
  sealed interface Row {
    /** Printed, it would show a NAS and a code: its own parts do not. */
    record Credential(Nas nas, Code code, String lawId) implements Row {}

    record Bad(Reason reason) implements Row {}

    /** Nothing at all between two line ends. */
    record Empty() implements Row {}
  }

  /** Where the three columns are, and how many there are in all. */
  record Columns(char separator, int nas, int code, int law, int count) {
    static Columns of(CsvLayout layout) throws RollRefused {
      return new Columns(
          layout.separator(),
          layout.column("nas", 0),
          layout.column("code", 1),
          layout.column("law_id", 2),
          layout.heading().map(List::size).orElse(3));
    }
  }

  /** Stands where bytes were no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private ReadRow() {}

  static Row read(String line, Columns columns) {
    if (line.isBlank()) {
      return new Row.Empty();
    }
    Optional<Reason> unreadable = unreadable(line);
    if (unreadable.isPresent()) {
      return new Row.Bad(unreadable.get());
    }
    Optional<List<String>> fields = CsvLine.split(line, columns.separator());
    if (fields.isEmpty()) {
      return new Row.Bad(Reason.QUOTES);
    }
    return fields.get().size() == columns.count()
        ? credential(fields.get(), columns)
        : new Row.Bad(Reason.COLUMNS);
  }

  /** Why a line is no text that fields could be found in. */
  static Optional<Reason> unreadable(String line) {
    if (line.length() > TextBlocks.MAX_LINE_BYTES) {
      return Optional.of(Reason.TOO_LONG);
    }
    return line.indexOf(REPLACEMENT) >= 0 ? Optional.of(Reason.NOT_UTF_8) : Optional.empty();
  }

  private static Row credential(List<String> fields, Columns columns) {
    Optional<Nas> nas = Nas.parse(fields.get(columns.nas()));
    Optional<Code> code = Code.parse(fields.get(columns.code()));
    String law = fields.get(columns.law()).strip();
    if (nas.isEmpty()) {
      return new Row.Bad(Reason.NAS);
    }
    if (code.isEmpty()) {
      return new Row.Bad(Reason.CODE);
    }
    return LawIds.isWellFormed(law)
        ? new Row.Credential(nas.get(), code.get(), law)
        : new Row.Bad(Reason.LAW);
  }
}
