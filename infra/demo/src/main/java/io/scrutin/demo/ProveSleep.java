package io.scrutin.demo;

import io.scrutin.console.TextTable;
import io.scrutin.standalone.FunctionUse;
import io.scrutin.standalone.Standalone;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** P8: functions have a process while they are called, and none while they are not. */
final class ProveSleep {
  private final Standalone system;
  private final long startedNanos = System.nanoTime();
  private final List<String> awakeAtStart;
  private Duration firstVote = Duration.ZERO;

  ProveSleep(Standalone system) {
    this.system = system;
    this.awakeAtStart = awake();
  }

  /** Whether the functions of this system sleep at all. */
  boolean isPlayed() {
    return !system.use().isEmpty();
  }

  List<String> awake() {
    return system.use().stream().filter(use -> !use.asleep()).map(FunctionUse::name).toList();
  }

  boolean anyoneWoke() {
    return system.use().stream().anyMatch(use -> !use.wakes().isEmpty());
  }

  /**
   * @param took from the first post, with no function awake, until the voter was told the outcome
   */
  void firstVote(Duration took) {
    firstVote = took;
  }

  /** To be asked last, when everything had time to fall asleep. */
  Proof nothingRunsWhileNobodyVotes() {
    List<FunctionUse> uses = system.use();
    List<String> neverWoke =
        uses.stream().filter(use -> use.wakes().isEmpty()).map(FunctionUse::name).toList();
    int deaths = uses.stream().mapToInt(FunctionUse::deaths).sum();
    List<String> awakeAtEnd = awake();
    return new Proof(
        "P8",
        "functions cost nothing while nobody votes",
        awakeAtStart.isEmpty()
            && awakeAtEnd.isEmpty()
            && neverWoke.isEmpty()
            && firstVote.isPositive(),
        "%s had a process at the start, %s has one at the end; woken %d times, %s never, %d processes died; the first vote woke them all and was recorded after %s s"
            .formatted(
                named(awakeAtStart),
                named(awakeAtEnd),
                uses.stream().mapToInt(use -> use.wakes().size()).sum(),
                named(neverWoke),
                deaths,
                seconds(firstVote)));
  }

  private static String named(List<String> functions) {
    return functions.isEmpty() ? "none" : String.join(", ", functions);
  }

  void print(PrintWriter out) {
    String awakeOf = "awake of " + seconds(Duration.ofNanos(System.nanoTime() - startedNanos));
    TextTable table =
        new TextTable(
            "function", "woken", "wake s: min", "median", "max", awakeOf + " s", "CPU s", "at end");
    for (FunctionUse use : system.use()) {
      List<Duration> wakes = use.wakes().stream().sorted().toList();
      table.row(
          use.name(),
          wakes.size(),
          wakes.isEmpty() ? "-" : seconds(wakes.getFirst()),
          wakes.isEmpty() ? "-" : seconds(wakes.get(wakes.size() / 2)),
          wakes.isEmpty() ? "-" : seconds(wakes.getLast()),
          seconds(use.alive()),
          seconds(use.cpu()),
          use.asleep() ? "no process" : "A PROCESS");
    }
    table.row("trigger", "-", "-", "-", "-", "all", seconds(system.triggerCpu()), "always there");
    table.print(out);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
