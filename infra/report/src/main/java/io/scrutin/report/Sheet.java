package io.scrutin.report;

import java.util.ArrayList;
import java.util.List;

/** A report as rows under columns: what CSV holds, and the table of the text. */
record Sheet(Kind kind, List<List<Object>> rows) {
  private static final List<String> STAGES =
      List.of("cast", "recorded", "duplicated", "rejected", "parked");

  Sheet {
    for (List<Object> row : rows) {
      if (row.size() != kind.columns().size()) {
        throw new IllegalArgumentException("a row has as many cells as there are columns");
      }
    }
    rows = List.copyOf(rows);
  }

  static Sheet of(Kind kind, Tree report) {
    List<List<Object>> rows =
        switch (kind) {
          case TURNOUT -> STAGES.stream().map(stage -> List.of(stage, report.cell(stage))).toList();
          case HOURS -> cells(kind, report.list("intervals"));
          case REFUSALS -> cells(kind, report.list("reasons"));
          case DUPLICATES -> cells(kind, report.list("items"));
          case HEALTH -> cells(kind, report.list("stages"));
          case REVIEW -> report.list("items").stream().map(Sheet::reviewed).toList();
          case INTEGRITY -> report.list("checks").stream().map(Sheet::checked).toList();
        };
    return new Sheet(kind, rows);
  }

  private static List<List<Object>> cells(Kind kind, List<Tree> lines) {
    List<List<Object>> rows = new ArrayList<>();
    for (Tree line : lines) {
      rows.add(kind.columns().stream().map(line::cell).toList());
    }
    return rows;
  }

  private static List<Object> reviewed(Tree line) {
    Tree decision = line.child("decision");
    return List.of(
        line.cell("request_id"),
        line.cell("reason"),
        line.cell("at"),
        decision.cell("decision"),
        decision.cell("author"),
        decision.cell("at"),
        decision.cell("note"));
  }

  private static List<Object> checked(Tree line) {
    return List.of(
        line.cell("name"),
        line.cell("choice"),
        line.cell("expected"),
        line.cell("found"),
        line.cell("difference"),
        line.cell("ok"));
  }
}
