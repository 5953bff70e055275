package io.scrutin.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows under a heading, as wide as they need to be; numbers stand to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<String> heading;
  private final List<List<Object>> rows = new ArrayList<>();

  public TextTable(String... heading) {
    this.heading = List.of(heading);
  }

  public TextTable row(Object... cells) {
    if (cells.length != heading.size()) {
      throw new IllegalArgumentException("a row has as many cells as the heading");
    }
    rows.add(List.of(cells));
    return this;
  }

  public void print(PrintWriter out) {
    int[] widths = new int[heading.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = heading.get(column).length();
      for (List<Object> row : rows) {
        widths[column] = Math.max(widths[column], text(row.get(column)).length());
      }
    }
    out.println(line(List.copyOf(heading), widths));
    for (List<Object> row : rows) {
      out.println(line(row, widths));
    }
    out.flush();
  }

  private static String line(List<?> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      Object cell = cells.get(column);
      String padding = " ".repeat(widths[column] - text(cell).length());
      line.append(GAP);
      line.append(cell instanceof Number ? padding + text(cell) : text(cell) + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String text(Object cell) {
    return switch (cell) {
      case Long number -> String.format(Locale.ROOT, "%,d", number);
      case Integer number -> String.format(Locale.ROOT, "%,d", number);
      case Object other -> other.toString();
    };
  }
}
