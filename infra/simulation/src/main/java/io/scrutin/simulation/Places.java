package io.scrutin.simulation;

import java.util.Map;
import java.util.regex.Pattern;

/** Names the places where things go wrong: the kind of thread, and what it was about to do. */
final class Places {
  private static final Pattern NUMBER = Pattern.compile("[-.][0-9]+$");

  /** What all bindings do alike, and each of them rarely. */
  private static final Map<String, String> OF_ALL_BINDINGS =
      Map.of(
          "delete durable", "opening: delete durable",
          "probe", "opening: probe",
          "nak", "giving back: nak",
          "progress", "heartbeat: progress");

  private Places() {}

  static String of(String effect) {
    String thread = NUMBER.matcher(Thread.currentThread().getName()).replaceFirst("");
    boolean opens = effect.equals("look") || effect.equals("put durable");
    if (opens && thread.startsWith("pull-")) {
      return "opening: " + effect;
    }
    return OF_ALL_BINDINGS.getOrDefault(effect, thread + ": " + effect);
  }
}
