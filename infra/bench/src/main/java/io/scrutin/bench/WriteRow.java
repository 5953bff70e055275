package io.scrutin.bench;

import io.scrutin.bench.BenchOptions.Load;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run as a row of a page: each is added below those before it, and none is taken away. */
final class WriteRow {
  private static final List<String> KEYS =
      List.of(
          "first_10_s_p99_ms",
          "tallied_per_s",
          "submit_p50_ms",
          "submit_p95_ms",
          "submit_p99_ms",
          "recorded_p95_ms",
          "cpu_s_per_million",
          "roof_submit_per_s",
          "ratio_to_roof",
          "redis_roll_mb",
          "redis_mb",
          "lost",
          "double");

  private WriteRow() {}

  static String begin(Load load) {
    return "<!-- runs of bench " + kind(load) + ": written by ./scrutin bench --write -->";
  }

  private static String kind(Load load) {
    return switch (load) {
      case Load.Highest _ -> "highest";
      case Load.Steady _ -> "steady";
      case Load.Nation _ -> "nation";
      case Load.Day _ -> "day";
      case Load.Backlog _ -> "backlog";
    };
  }

  private static String says(BenchOptions options) {
    String load =
        switch (options.load()) {
          case Load.Highest _ -> "highest";
          case Load.Steady steady ->
              "%,.0f/s for %,d s".formatted(steady.perSecond(), steady.length().toSeconds());
          case Load.Nation nation -> "%,d votes".formatted(nation.votes());
          case Load.Day day ->
              "%,d votes, a day in %,d s".formatted(day.votes(), day.length().toSeconds());
          case Load.Backlog backlog -> "%,d votes that had piled up".formatted(backlog.votes());
        };
    return options.processes() ? load + ", processes" : load;
  }

  /**
   * @param commit that was measured
   */
  static String row(Found found, LocalDate day, String commit) {
    Map<String, Double> figures = new Report(found).figures();
    StringBuilder row = new StringBuilder("| " + day + " | " + commit + " | ");
    row.append(says(found.options())).append(" |");
    for (String key : KEYS) {
      row.append(' ').append(cell(figures.getOrDefault(key, Double.NaN))).append(" |");
    }
    return row.append(found.faults().isEmpty() ? " yes |" : " **no** |").toString();
  }

  private static String cell(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return String.format(
        Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%,.0f" : "%.2f", value);
  }

  /**
   * The page with that row at the end of its table.
   *
   * @param begin what stands above it
   */
  static String into(String page, String begin, String row) {
    int table = page.indexOf(begin);
    if (table < 0) {
      throw new IllegalArgumentException("the page has no place for the run: " + begin);
    }
    int end = page.indexOf("<!-- end of runs -->", table);
    if (end < 0) {
      throw new IllegalArgumentException("the page's table has no end: <!-- end of runs -->");
    }
    return page.substring(0, end) + row + "\n" + page.substring(end);
  }
}
