package io.scrutin.doorkeeper;

/** One thing to be made otherwise on the cluster, in one request, which holds or does not. */
sealed interface Change {
  /**
   * @param because the contests it is for
   */
  record Start(Heartbeat heartbeat, String because) implements Change {}

  /** An older version of this job made it, or somebody changed it. */
  record Restart(Heartbeat heartbeat, String version) implements Change {}

  record Stop(String source, String version) implements Change {}

  record Warm(String function, String version, int replicas, String because) implements Change {}

  record Release(String function, String version) implements Change {}

  /** What is written when it was made. */
  default String told() {
    return switch (this) {
      case Start start -> start.heartbeat().source() + ": started, for " + start.because();
      case Restart restart -> restart.heartbeat().source() + ": made anew, it was another";
      case Stop stop -> stop.source() + ": stopped, nothing needs it";
      case Warm warm ->
          warm.function() + ": kept at " + warm.replicas() + " replicas, for " + warm.because();
      case Release release -> release.function() + ": released, it may sleep";
    };
  }
}
