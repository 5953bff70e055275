package io.scrutin.demo;

import io.scrutin.console.TextTable;
import io.scrutin.standalone.FunctionUse;
import io.scrutin.standalone.Standalone;
import io.scrutin.standalone.TriggerUse;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** P8: functions have a process while they are called, and none while they are not. */
final class ProveSleep {
  /** Who has to wake for a vote to be counted; results and contests may, for other reasons. */
  private static final List<String> WAY_OF_A_VOTE =
      List.of("submit", "verify", "dedup", "store", "tally", "audit");

  private static final List<String> ONLY_THE_TRIGGER = List.of("trigger");

  private final Standalone system;
  private final long startedNanos = System.nanoTime();
  private List<String> processes = List.of();
  private List<String> processesBeforeFirstVote = List.of("not looked for");
  private Map<String, Integer> wakesBeforeFirstVote = Map.of();
  private List<String> unwokenByFirstVote = WAY_OF_A_VOTE;
  private Duration firstVote = Duration.ZERO;

  ProveSleep(Standalone system) {
    this.system = system;
  }

  /** Whether the functions of this system sleep at all. */
  boolean isPlayed() {
    return !system.use().isEmpty();
  }

  boolean anyoneWoke() {
    return system.use().stream().anyMatch(use -> !use.wakes().isEmpty());
  }

  /**
   * As the operating system sees it, not as those see it who start and stop them. The trigger must
   * be seen, or the looking proves nothing.
   */
  boolean onlyTheTriggerRuns() {
    processes = system.processes();
    return processes.equals(ONLY_THE_TRIGGER)
        && system.use().stream().allMatch(FunctionUse::asleep);
  }

  /** What was seen last is what the first vote finds. */
  void beforeFirstVote() {
    processesBeforeFirstVote = processes;
    wakesBeforeFirstVote = wakes();
  }

  private Map<String, Integer> wakes() {
    return system.use().stream()
        .collect(Collectors.toMap(FunctionUse::name, use -> use.wakes().size()));
  }

  /** It may be recorded before the last of them is awake. */
  boolean firstVoteWokeItsWay() {
    return unwoken().isEmpty();
  }

  private List<String> unwoken() {
    Map<String, Integer> now = wakes();
    return WAY_OF_A_VOTE.stream()
        .filter(name -> count(now, name) <= count(wakesBeforeFirstVote, name))
        .toList();
  }

  private static int count(Map<String, Integer> wakes, String name) {
    return wakes.getOrDefault(name, 0);
  }

  /**
   * @param took from the first post, with no function awake, until the voter was told the outcome
   */
  void firstVote(Duration took) {
    unwokenByFirstVote = unwoken();
    firstVote = took;
  }

  /** To be asked last, when everything had time to fall asleep. */
  Proof nothingRunsWhileNobodyVotes() {
    List<FunctionUse> uses = system.use();
    int deaths = uses.stream().mapToInt(FunctionUse::deaths).sum();
    int triggerDeaths = system.triggerUse().map(TriggerUse::deaths).orElse(0);
    return new Proof(
        "P8",
        "functions cost nothing while nobody votes",
        processesBeforeFirstVote.equals(ONLY_THE_TRIGGER)
            && processes.equals(ONLY_THE_TRIGGER)
            && unwokenByFirstVote.isEmpty()
            && deaths + triggerDeaths == 0,
        "processes there were before the first vote: %s; are at the end: %s; not woken by the first vote, of those on its way: %s; it was recorded after %s s; woken %d times in all; processes that died: %d, and %d of the trigger"
            .formatted(
                named(processesBeforeFirstVote),
                named(processes),
                named(unwokenByFirstVote),
                seconds(firstVote),
                uses.stream().mapToInt(use -> use.wakes().size()).sum(),
                deaths,
                triggerDeaths));
  }

  private static String named(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
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
    system
        .triggerUse()
        .ifPresent(
            trigger ->
                table.row(
                    "trigger",
                    "-",
                    "-",
                    "-",
                    "-",
                    trigger.deaths() == 0 ? "all" : "not all",
                    seconds(trigger.cpu()),
                    trigger.alive() ? "always there" : "DEAD"));
    table.print(out);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
