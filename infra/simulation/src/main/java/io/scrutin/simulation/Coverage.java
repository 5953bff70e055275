package io.scrutin.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each crash point was passed, and how often a process died there. */
final class Coverage {
  private final Map<CrashPoint, long[]> counts = new HashMap<>();

  void passed(CrashPoint point) {
    counts.computeIfAbsent(point, _ -> new long[2])[0]++;
  }

  void crashed(CrashPoint point) {
    counts.computeIfAbsent(point, _ -> new long[2])[1]++;
  }

  synchronized void add(Coverage other) {
    other.counts.forEach(
        (point, more) -> {
          long[] all = counts.computeIfAbsent(point, _ -> new long[2]);
          all[0] += more[0];
          all[1] += more[1];
        });
  }

  synchronized long crashes(CrashPoint point) {
    return counts.getOrDefault(point, new long[2])[1];
  }

  synchronized long passes(CrashPoint point) {
    return counts.getOrDefault(point, new long[2])[0];
  }

  synchronized long crashes() {
    return counts.values().stream().mapToLong(count -> count[1]).sum();
  }

  synchronized List<CrashPoint> points() {
    return counts.keySet().stream().sorted().toList();
  }
}
