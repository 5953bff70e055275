package io.scrutin.hashgen;

import io.scrutin.hashgen.BadRow.Reason;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Rows that cannot be used, all of them, as long as the file is a roll at all. */
final class BadRows {
  /** With more, the file is another than it is held for. */
  static final int MAX = 100_000;

  /** Lines that fell away because their voter has another: they are dropped, not just left out. */
  private static final Set<Reason> OF_A_READABLE_ROW =
      EnumSet.of(Reason.SAME_NAS, Reason.OTHER_CODE);

  private final List<BadRow> rows = new ArrayList<>();

  void add(BadRow row) throws RollRefused {
    if (rows.size() == MAX) {
      throw new RollRefused(
          "more than " + MAX + " bad rows, such as: " + row + "; is this the right file?");
    }
    rows.add(row);
  }

  int count() {
    return rows.size();
  }

  int[] linesToDrop() {
    return rows.stream()
        .filter(row -> OF_A_READABLE_ROW.contains(row.reason()))
        .mapToInt(BadRow::line)
        .sorted()
        .toArray();
  }

  void print(PrintWriter to) {
    rows.stream().sorted().forEach(to::println);
    to.flush();
  }
}
