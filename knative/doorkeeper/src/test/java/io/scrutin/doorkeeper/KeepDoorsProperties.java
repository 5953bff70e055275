package io.scrutin.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.doorkeeper.Cluster.FoundFunction;
import io.scrutin.doorkeeper.Cluster.FoundHeartbeat;
import io.scrutin.doorkeeper.ContestTimes.State;
import io.scrutin.doorkeeper.KeepDoors.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the contests and the cluster are. */
class KeepDoorsProperties {
  private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
  private static final long TWO_WEEKS = 14L * 24 * 3600;

  @Provide
  Arbitrary<Timetable> timetables() {
    Arbitrary<ContestTimes> contest =
        Combinators.combine(
                Arbitraries.of("a", "b", "c"),
                Arbitraries.of(State.class),
                Arbitraries.longs().between(-TWO_WEEKS, TWO_WEEKS),
                Arbitraries.longs().between(1, TWO_WEEKS))
            .as(
                (law, state, opens, lasts) ->
                    new ContestTimes(
                        law, state, NOW.plusSeconds(opens), NOW.plusSeconds(opens + lasts)));
    return Combinators.combine(contest.list().ofMaxSize(4), Arbitraries.of(true, false))
        .as((contests, untold) -> new Timetable(NOW, contests, untold));
  }

  @Provide
  Arbitrary<Cluster> clusters() {
    Arbitrary<String> names =
        Arbitraries.of("heartbeat-tally", "heartbeat-contests", "heartbeat-reconcile", "backup");
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<FoundHeartbeat> heartbeat =
        Combinators.combine(names, either, either)
            .as((name, ours, current) -> new FoundHeartbeat(name, "1", ours, current));
    Arbitrary<Optional<String>> scale = Arbitraries.of("0", "2", "4", "x").optional();
    Arbitrary<FoundFunction> function =
        Combinators.combine(Arbitraries.of("verify", "store"), scale, scale, scale)
            .as((name, warm, min, to) -> new FoundFunction(name, "1", warm, min, to));
    return Combinators.combine(
            heartbeat.list().ofMaxSize(4).uniqueElements(FoundHeartbeat::name),
            function.list().ofMaxSize(2).uniqueElements(FoundFunction::name))
        .as(Cluster::new);
  }

  /**
   * Level-triggered: killed after any number of changes, the next run does the rest and no more.
   */
  @Property
  void goesOnWhereItWasKilled(
      @ForAll("timetables") Timetable timetable, @ForAll("clusters") Cluster cluster) {
    Decision whole = KeepDoors.decide(timetable, cluster);
    Cluster half = cluster;
    for (int made = 0; made < whole.changes().size(); made++) {
      half = after(half, whole.changes().get(made));
      Decision rest = KeepDoors.decide(timetable, half);
      assertThat(rest.changes())
          .isEqualTo(whole.changes().subList(made + 1, whole.changes().size()));
      assertThat(rest.complaints()).isEqualTo(whole.complaints());
    }
  }

  @Property
  void touchesNothingThatItDidNotMake(
      @ForAll("timetables") Timetable timetable, @ForAll("clusters") Cluster cluster) {
    for (Change change : KeepDoors.decide(timetable, cluster).changes()) {
      switch (change) {
        case Change.Start start -> assertThat(found(cluster, start.heartbeat().source())).isEmpty();
        case Change.Restart restart ->
            assertThat(found(cluster, restart.heartbeat().source()).orElseThrow().ours()).isTrue();
        case Change.Stop stop ->
            assertThat(found(cluster, stop.source()).orElseThrow().ours()).isTrue();
        case Change.Warm warm ->
            assertThat(found(cluster.functions(), warm.function()))
                .matches(function -> function.minScale().isEmpty() || function.isWarmedByUs());
        case Change.Release release ->
            assertThat(found(cluster.functions(), release.function()))
                .matches(FoundFunction::isWarmedByUs);
      }
    }
  }

  @Property
  void neverClosesWhileAContestTakesVotes(@ForAll("clusters") Cluster cluster) {
    ContestTimes open = new ContestTimes("law", State.OPEN, NOW, NOW.plusSeconds(1));
    for (Change change :
        KeepDoors.decide(new Timetable(NOW, List.of(open), false), cluster).changes()) {
      if (change instanceof Change.Stop stop) {
        assertThat(stop.source()).isEqualTo("backup");
      }
      if (change instanceof Change.Release release) {
        assertThat(found(cluster.functions(), release.function()).warmScale())
            .isIn(Optional.empty(), Optional.of("0"));
      }
    }
  }

  private static Optional<FoundHeartbeat> found(Cluster cluster, String name) {
    return cluster.heartbeats().stream().filter(found -> found.name().equals(name)).findFirst();
  }

  private static FoundFunction found(List<FoundFunction> functions, String name) {
    return functions.stream()
        .filter(function -> function.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the API server would hold then. */
  private static Cluster after(Cluster cluster, Change change) {
    List<FoundHeartbeat> heartbeats = new ArrayList<>(cluster.heartbeats());
    List<FoundFunction> functions = new ArrayList<>(cluster.functions());
    switch (change) {
      case Change.Start start ->
          heartbeats.add(new FoundHeartbeat(start.heartbeat().source(), "2", true, true));
      case Change.Restart restart ->
          heartbeats.replaceAll(
              found ->
                  found.name().equals(restart.heartbeat().source())
                      ? new FoundHeartbeat(found.name(), "2", true, true)
                      : found);
      case Change.Stop stop -> heartbeats.removeIf(found -> found.name().equals(stop.source()));
      case Change.Warm warm ->
          scale(functions, warm.function(), Optional.of(Integer.toString(warm.replicas())));
      case Change.Release release -> scale(functions, release.function(), Optional.empty());
    }
    return new Cluster(heartbeats, functions);
  }

  private static void scale(List<FoundFunction> functions, String name, Optional<String> scale) {
    functions.replaceAll(
        found ->
            found.name().equals(name)
                ? new FoundFunction(name, "2", found.warmScale(), scale, scale)
                : found);
  }
}
