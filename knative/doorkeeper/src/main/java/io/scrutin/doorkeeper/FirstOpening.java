package io.scrutin.doorkeeper;

import io.fabric8.knative.serving.v1.Service;
import io.scrutin.doorkeeper.Cluster.FoundFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What would be done with Services as they are deployed, at the first opening of a contest: so that
 * manifests are held against the job that has to work with them.
 *
 * @param warmed by function, how many replicas would be kept
 * @param complaints what would be said of them each minute
 */
public record FirstOpening(Map<String, Integer> warmed, List<String> complaints) {
  /** Any moment: nothing depends on which. */
  private static final Instant NOW = Instant.EPOCH.plus(KeepDoors.LEAD);

  private static final ContestTimes OPEN =
      new ContestTimes("first", ContestTimes.State.OPEN, NOW, NOW.plus(Duration.ofDays(1)));

  public FirstOpening {
    warmed = Map.copyOf(warmed);
    complaints = List.copyOf(complaints);
  }

  public static FirstOpening of(List<Service> deployed) {
    List<FoundFunction> functions = deployed.stream().map(KnativeDoors::function).toList();
    KeepDoors.Decision decision =
        KeepDoors.decide(
            new Timetable(NOW, List.of(OPEN), false), new Cluster(List.of(), functions));
    Map<String, Integer> warmed = new TreeMap<>();
    for (Change change : decision.changes()) {
      if (change instanceof Change.Warm warm) {
        warmed.put(warm.function(), warm.replicas());
      }
    }
    return new FirstOpening(warmed, decision.complaints());
  }
}
