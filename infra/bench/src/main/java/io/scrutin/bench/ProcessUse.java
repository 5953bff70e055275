package io.scrutin.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What processes have used, from {@code /proc}: each that is named, with its children that have no
 * name of their own. What children used that have ended is in their parent's account.
 */
final class ProcessUse {
  /**
   * Of one process and its children.
   *
   * @param memoryBytes its share of what is resident: pages that several hold are divided among
   *     them, since Postgres's would be counted once for each connection otherwise
   */
  record Use(double cpuSeconds, long memoryBytes) {}

  /** Ticks a second; Linux has told all programs this figure since its first versions. */
  private static final double TICKS = 100;

  /** In {@code /proc/PID/stat}, counted behind the name, which may hold spaces. */
  private static final int PARENT = 1;

  private static final int USER_TIME = 11;
  private static final int CHILDRENS_SYSTEM_TIME = 14;

  private record Stat(long parent, double cpuSeconds) {}

  private final Path proc;

  ProcessUse() {
    this(Path.of("/proc"));
  }

  ProcessUse(Path proc) {
    this.proc = proc;
  }

  /**
   * @param named process ids by name
   */
  Map<String, Double> cpuSeconds(Map<String, Long> named) throws IOException {
    Map<Long, Stat> stats = stats();
    Map<Long, String> names = names(named);
    Map<String, Double> used = new LinkedHashMap<>();
    named.keySet().forEach(name -> used.put(name, 0.0));
    for (Map.Entry<Long, Stat> process : stats.entrySet()) {
      owner(process.getKey(), names, stats)
          .ifPresent(name -> used.merge(name, process.getValue().cpuSeconds(), Double::sum));
    }
    return used;
  }

  Map<String, Use> of(Map<String, Long> named) throws IOException {
    Map<Long, Stat> stats = stats();
    Map<Long, String> names = names(named);
    Map<String, Use> used = new LinkedHashMap<>();
    named.keySet().forEach(name -> used.put(name, new Use(0, 0)));
    for (Map.Entry<Long, Stat> process : stats.entrySet()) {
      Optional<String> owner = owner(process.getKey(), names, stats);
      if (owner.isPresent()) {
        Use one = new Use(process.getValue().cpuSeconds(), memoryBytes(process.getKey()));
        used.merge(
            owner.get(),
            one,
            (a, b) -> new Use(a.cpuSeconds() + b.cpuSeconds(), a.memoryBytes() + b.memoryBytes()));
      }
    }
    return used;
  }

  private static Map<Long, String> names(Map<String, Long> named) {
    Map<Long, String> names = new HashMap<>();
    named.forEach((name, id) -> names.put(id, name));
    return names;
  }

  /** The nearest among itself and those that it is a child of. */
  private static Optional<String> owner(long pid, Map<Long, String> names, Map<Long, Stat> stats) {
    long at = pid;
    for (Stat stat = stats.get(at); stat != null; stat = stats.get(at)) {
      String name = names.get(at);
      if (name != null) {
        return Optional.of(name);
      }
      at = stat.parent();
    }
    return Optional.empty();
  }

  private Map<Long, Stat> stats() throws IOException {
    Map<Long, Stat> stats = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        try {
          stats.put(
              Long.parseLong(process.getFileName().toString()),
              stat(Files.readString(process.resolve("stat"))));
        } catch (IOException ended) {
          // It was there a moment ago; what it used is in its parent's account.
          continue;
        }
      }
    }
    return stats;
  }

  private static Stat stat(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = USER_TIME; i <= CHILDRENS_SYSTEM_TIME; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return new Stat(Long.parseLong(fields[PARENT]), ticks / TICKS);
  }

  private long memoryBytes(long pid) {
    try {
      for (String line : Files.readAllLines(proc.resolve(pid + "/smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
      return 0;
    } catch (IOException ended) {
      return 0;
    }
  }
}
