package io.scrutin.doorkeeper;

import java.util.List;
import java.util.Optional;

/** What the API server says. */
record Cluster(List<FoundHeartbeat> heartbeats, List<FoundFunction> functions) {
  /**
   * A source in the namespace.
   *
   * @param version by which the API server notices that it has changed since
   * @param ours whether it bears the label of what is made here
   * @param current whether it beats as the heartbeat of its name
   */
  record FoundHeartbeat(String name, String version, boolean ours, boolean current) {}

  /**
   * A Knative Service of a function.
   *
   * @param warmScale how many replicas it wants while a contest is open, as its annotation says it
   * @param minScale the least replicas that its template asks for
   * @param warmedTo what was written there from here, if anything was
   */
  record FoundFunction(
      String name,
      String version,
      Optional<String> warmScale,
      Optional<String> minScale,
      Optional<String> warmedTo) {

    /** Whoever changed it since, by hand, has taken it over. */
    boolean isWarmedByUs() {
      return minScale.isPresent() && minScale.equals(warmedTo);
    }
  }

  Cluster {
    heartbeats = List.copyOf(heartbeats);
    functions = List.copyOf(functions);
  }
}
