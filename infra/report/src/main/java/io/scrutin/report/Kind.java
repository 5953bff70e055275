package io.scrutin.report;

import java.util.List;

/** The reports there are: where each is found, and its columns. */
enum Kind {
  TURNOUT("turnout", "stage", "votes"),
  HOURS("hours", "from", "until", "recorded"),
  DUPLICATES("duplicates", "request_id", "attempt", "at"),
  REFUSALS("refusals", "reason", "count"),
  REVIEW("review-queue", "request_id", "reason", "at", "decision", "author", "decided_at", "note"),
  HEALTH("health", "stage", "count", "last_at"),
  INTEGRITY("integrity", "check", "choice", "expected", "found", "difference", "ok");

  private final String path;
  private final List<String> columns;

  Kind(String path, String... columns) {
    this.path = path;
    this.columns = List.of(columns);
  }

  String path() {
    return path;
  }

  /** As CSV heads them; what a reader of text sees is in their language. */
  List<String> columns() {
    return columns;
  }

  boolean isPaged() {
    return switch (this) {
      case DUPLICATES, REVIEW -> true;
      case TURNOUT, HOURS, REFUSALS, HEALTH, INTEGRITY -> false;
    };
  }

  /** Bars are drawn of this column's numbers; no column of others is a measure. */
  boolean hasBars() {
    return switch (this) {
      case TURNOUT, HOURS, REFUSALS -> true;
      case DUPLICATES, REVIEW, HEALTH, INTEGRITY -> false;
    };
  }
}
