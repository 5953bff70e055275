package io.scrutin.bench;

import io.scrutin.console.TextTable;
import io.scrutin.standalone.FunctionUse;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What it took from nothing.
 *
 * @param starts of each function alone, with nothing else at work
 * @param wakes of all that a vote woke, together
 * @param firstVotes milliseconds until its voter knew that it is recorded, of each such vote
 */
record ColdFound(Map<String, Start> starts, List<FunctionUse> wakes, List<Long> firstVotes) {
  /** What a start took, in several rounds. */
  record Start(List<Long> millis, List<Long> residentMebibytes) {}

  private static final List<String> WITHOUT_JDBC = List.of("submit");

  static final String BEGIN =
      "<!-- runs of bench cold: written by ./scrutin bench --cold --write -->";

  void print(PrintWriter out) {
    TextTable table =
        new TextTable(
            "function",
            "first answer ms: min",
            "median",
            "max",
            "MiB resident",
            "woken in a crowd");
    starts.forEach(
        (name, start) ->
            table.row(
                name,
                start.millis().stream().min(Long::compare).orElseThrow(),
                median(start.millis()),
                start.millis().stream().max(Long::compare).orElseThrow(),
                median(start.residentMebibytes()),
                woken(name)));
    table.print(out);
    out.printf(
        "  all functions at zero → first recorded: median %,d ms of %s%n",
        median(firstVotes), firstVotes.stream().sorted().toList());
    out.flush();
  }

  /** Ready after so many milliseconds, and had answered after so many. */
  private String woken(String function) {
    return wakes.stream()
        .filter(use -> use.name().equals(function) && !use.wakes().isEmpty())
        .map(use -> median(millis(use.wakes())) + ", " + answered(use))
        .findFirst()
        .orElse("–");
  }

  private static String answered(FunctionUse use) {
    return use.answers().isEmpty() ? "–" : Long.toString(median(millis(use.answers())));
  }

  private static List<Long> millis(List<Duration> durations) {
    return durations.stream().map(Duration::toMillis).toList();
  }

  String json() {
    String functions =
        starts.entrySet().stream()
            .map(
                start ->
                    "\"%s\":{\"first_answer_ms\":%d,\"rss_mb\":%d}"
                        .formatted(
                            start.getKey(),
                            median(start.getValue().millis()),
                            median(start.getValue().residentMebibytes())))
            .collect(Collectors.joining(","));
    return "{\"zero_to_recorded_ms\":%d,%s}".formatted(median(firstVotes), functions);
  }

  /**
   * Of the slowest function of each kind, its median.
   *
   * @param commit that was measured
   */
  String row(LocalDate day, String commit) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %,d | %,d |",
        day,
        commit,
        slowest(true),
        largest(true),
        slowest(false),
        largest(false),
        median(firstVotes));
  }

  private long slowest(boolean withoutJdbc) {
    return of(withoutJdbc).stream().mapToLong(start -> median(start.millis())).max().orElse(0);
  }

  private long largest(boolean withoutJdbc) {
    return of(withoutJdbc).stream()
        .mapToLong(start -> median(start.residentMebibytes()))
        .max()
        .orElse(0);
  }

  private Collection<Start> of(boolean withoutJdbc) {
    return starts.entrySet().stream()
        .filter(start -> WITHOUT_JDBC.contains(start.getKey()) == withoutJdbc)
        .map(Map.Entry::getValue)
        .toList();
  }

  private static long median(List<Long> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
