package io.scrutin.doorkeeper;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the API server says.
 *
 * @param unread what it did not list, and why: of that nothing is known, and nothing is changed
 */
record Cluster(
    List<FoundHeartbeat> heartbeats, List<FoundFunction> functions, Map<Part, String> unread) {
  /** What is listed by itself: a cluster without Eventing knows no sources. */
  enum Part {
    HEARTBEATS("PingSources"),
    FUNCTIONS("Services");

    private final String kinds;

    Part(String kinds) {
      this.kinds = kinds;
    }

    String kinds() {
      return kinds;
    }
  }

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
    unread = Map.copyOf(unread);
  }

  Cluster(List<FoundHeartbeat> heartbeats, List<FoundFunction> functions) {
    this(heartbeats, functions, Map.of());
  }

  boolean isRead(Part part) {
    return !unread.containsKey(part);
  }
}
