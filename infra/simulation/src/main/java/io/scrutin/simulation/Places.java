package io.scrutin.simulation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names the places where things go wrong: the kind of thread, and what it was about to do. */
final class Places {
  /** What all bindings do alike, and each of them rarely. */
  private static final Map<String, String> OF_ALL_BINDINGS =
      Map.of(
          "delete durable", "opening: delete durable",
          "probe", "opening: probe",
          "nak", "giving back: nak",
          "progress", "heartbeat: progress");

  /** By kind of thread and effect, of which there are a few dozen each. */
  private static final Map<String, Map<String, String>> KNOWN = new ConcurrentHashMap<>();

  private Places() {}

  static String of(String effect) {
    String thread = kind(Thread.currentThread().getName());
    Map<String, String> ofThread = KNOWN.computeIfAbsent(thread, _ -> new ConcurrentHashMap<>());
    String known = ofThread.get(effect);
    return known != null ? known : ofThread.computeIfAbsent(effect, _ -> named(thread, effect));
  }

  private static String named(String thread, String effect) {
    boolean opens = effect.equals("look") || effect.equals("put durable");
    if (opens && thread.startsWith("pull-")) {
      return "opening: " + effect;
    }
    return OF_ALL_BINDINGS.getOrDefault(effect, thread + ": " + effect);
  }

  /** Without the number that each lane and each start of a process has. */
  private static String kind(String thread) {
    int end = thread.length();
    while (end > 0 && thread.charAt(end - 1) >= '0' && thread.charAt(end - 1) <= '9') {
      end--;
    }
    boolean numbered =
        end > 0
            && end < thread.length()
            && (thread.charAt(end - 1) == '-' || thread.charAt(end - 1) == '.');
    return numbered ? thread.substring(0, end - 1) : thread;
  }
}
