package io.scrutin.simulation;

import java.util.Locale;

/** Before or after an effect of a step takes hold. */
record CrashPoint(String place, Fates.Phase phase) implements Comparable<CrashPoint> {
  String name() {
    return place + ", " + phase.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(CrashPoint other) {
    return name().compareTo(other.name());
  }
}
