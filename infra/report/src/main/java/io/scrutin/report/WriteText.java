package io.scrutin.report;

import io.scrutin.console.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A report for people, in their language. */
final class WriteText {
  private static final int BAR_WIDTH = 40;

  /** Columns whose cells are codes of the API. */
  private static final List<String> CODES = List.of("stage", "reason", "check", "decision", "ok");

  private final Wording words;
  private final PrintWriter out;

  WriteText(Wording words, PrintWriter out) {
    this.words = words;
    this.out = out;
  }

  void print(Sheet sheet, Tree report, String lawId) {
    Kind kind = sheet.kind();
    out.println(words.text("title." + kind.path(), lawId));
    out.println();
    if (sheet.rows().isEmpty()) {
      out.println("  " + words.text("empty." + kind.path()));
    } else {
      table(sheet).print(out);
    }
    List<String> remarks = remarks(kind, report);
    if (!remarks.isEmpty()) {
      out.println();
      remarks.forEach(remark -> out.println("  " + remark));
    }
    out.flush();
  }

  private TextTable table(Sheet sheet) {
    List<String> columns = sheet.kind().columns();
    List<String> heading = new ArrayList<>();
    columns.forEach(column -> heading.add(words.text("column." + column)));
    boolean bars = sheet.kind().hasBars();
    if (bars) {
      heading.add("");
    }
    long most = sheet.rows().stream().mapToLong(row -> number(row.getLast())).max().orElse(0);
    TextTable table = new TextTable(heading.toArray(String[]::new));
    for (List<Object> row : sheet.rows()) {
      List<Object> cells = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        String column = columns.get(i);
        Object cell = row.get(i);
        cells.add(CODES.contains(column) ? words.code(column, cell) : cell);
      }
      if (bars) {
        cells.add(bar(number(row.getLast()), most));
      }
      table.row(cells.toArray());
    }
    return table;
  }

  private static long number(Object cell) {
    return cell instanceof Long number ? number : 0;
  }

  /** What is more than nothing shows. */
  private static String bar(long value, long most) {
    long length = most == 0 ? 0 : Math.ceilDiv(value * BAR_WIDTH, most);
    return "#".repeat((int) Math.clamp(length, 0, BAR_WIDTH));
  }

  private List<String> remarks(Kind kind, Tree report) {
    List<String> remarks = new ArrayList<>();
    switch (kind) {
      case TURNOUT -> {
        if (report.get("roll_size") != null) {
          Object percent = report.cell("turnout_percent");
          remarks.add(words.text("remark.roll", report.cell("roll_size"), percent));
        }
      }
      case HEALTH -> health(report, remarks);
      case INTEGRITY -> {
        remarks.add(words.text(report.is("ok") ? "remark.ok" : "remark.differs"));
        remarks.add(words.text(report.is("settled") ? "remark.settled" : "remark.unsettled"));
      }
      case HOURS, REFUSALS, DUPLICATES, REVIEW -> {}
    }
    if (Boolean.FALSE.equals(report.get("exact"))) {
      remarks.add(words.text("remark.steps", report.cell("step")));
    }
    return remarks;
  }

  private void health(Tree report, List<String> remarks) {
    remarks.add(words.code("state", report.cell("state")));
    remarks.add(words.text("remark.waiting", report.cell("waiting")));
    if (report.get("oldest_waiting_since") != null) {
      remarks.add(words.text("remark.oldest", report.cell("oldest_waiting_since")));
    }
    Tree lag = report.child("lag");
    if (lag.get("votes") != null) {
      remarks.add(
          words.text(
              "remark.lag",
              lag.cell("votes"),
              lag.cell("median_seconds"),
              lag.cell("p95_seconds")));
    }
  }
}
