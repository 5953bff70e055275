package io.scrutin.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every effect of every step, before and after: where a process is made to die. */
final class CrashPoints {
  /** Each of them so often in a run that is long enough. */
  static final int LEAST_CRASHES = 50;

  private static final int AIMS_PER_SEED = 16;

  private static final Map<String, List<String>> EFFECTS = new TreeMap<>();

  static {
    EFFECTS.put("submit", List.of("publish", "answer"));
    EFFECTS.put("verify", List.of("work", "contests", "redis", "complete rolls", "roll"));
    EFFECTS.put("dedup", List.of("work", "redis", "standing"));
    EFFECTS.put("store", List.of("work", "insert", "standing", "commit"));
    EFFECTS.put(
        "tally",
        List.of(
            "work", "contests", "drained", "take", "fill box", "add counts", "counted", "commit"));
    EFFECTS.put(
        "audit",
        List.of(
            "work",
            "trail",
            "counters",
            "attempts",
            "queue",
            "refusals",
            "hours",
            "turnout",
            "commit"));
    for (String binding : List.of("verify", "dedup", "store")) {
      EFFECTS.put("lane-" + binding, List.of("call", "publish", "ack"));
      EFFECTS.put("pull-" + binding, List.of("fetch"));
    }
    for (String binding : List.of("cast", "recorded", "rejected", "duplicated")) {
      EFFECTS.put("lane-audit-" + binding, List.of("call", "ack"));
      EFFECTS.put("pull-audit-" + binding, List.of("fetch"));
    }
    EFFECTS.put("pull-tally", List.of("fetch", "call", "publish", "ack"));
    EFFECTS.put("opening", List.of("look", "put durable", "delete durable", "probe"));
    EFFECTS.put("checkpoint", List.of("look", "put durable"));
  }

  /** A rewind is needed for these. */
  private static final Set<String> RARE = Set.of("opening: probe", "opening: delete durable");

  static final List<CrashPoint> ALL = all();

  private CrashPoints() {}

  private static List<CrashPoint> all() {
    List<CrashPoint> all = new ArrayList<>();
    EFFECTS.forEach(
        (thread, effects) -> {
          for (String effect : effects) {
            for (Fates.Phase phase : Fates.Phase.values()) {
              all.add(new CrashPoint(thread + ": " + effect, phase));
            }
          }
        });
    return List.copyOf(all);
  }

  static boolean isRare(CrashPoint point) {
    return RARE.contains(point.place());
  }

  /**
   * Each seed has its share, so that all of them come up as often in a row of seeds; and those that
   * few seeds get to at all.
   */
  static List<CrashPoint> of(long seed) {
    List<CrashPoint> aims = new ArrayList<>();
    for (CrashPoint point : ALL) {
      if (isRare(point)) {
        aims.add(point);
      }
    }
    for (int i = 0; i < AIMS_PER_SEED; i++) {
      aims.add(ALL.get((int) Math.floorMod(seed * AIMS_PER_SEED + i, (long) ALL.size())));
    }
    return aims;
  }
}
