package io.scrutin.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.doorkeeper.Cluster.FoundFunction;
import io.scrutin.doorkeeper.Cluster.FoundHeartbeat;
import io.scrutin.doorkeeper.ContestTimes.State;
import io.scrutin.doorkeeper.KeepDoors.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KeepDoorsTest {
  private static final Instant OPENS = Instant.parse("2026-11-21T08:00:00Z");
  private static final Instant CLOSES = Instant.parse("2026-11-22T08:00:00Z");
  private static final Cluster ASLEEP =
      new Cluster(List.of(), List.of(function("verify", "4", null, null)));
  private static final Cluster AWAKE =
      new Cluster(running(), List.of(function("verify", "4", "4", "4")));

  static FoundFunction function(
      String name,
      @Nullable String warmScale,
      @Nullable String minScale,
      @Nullable String warmedTo) {
    return new FoundFunction(
        name,
        "7",
        Optional.ofNullable(warmScale),
        Optional.ofNullable(minScale),
        Optional.ofNullable(warmedTo));
  }

  private static List<FoundHeartbeat> running() {
    return Arrays.stream(Heartbeat.values())
        .map(heartbeat -> new FoundHeartbeat(heartbeat.source(), "7", true, true))
        .toList();
  }

  private static Timetable at(Instant now, ContestTimes... contests) {
    return new Timetable(now, List.of(contests), false);
  }

  private static ContestTimes contest(State state) {
    return new ContestTimes("law", state, OPENS, CLOSES);
  }

  private static List<String> told(Timetable timetable, Cluster cluster) {
    return KeepDoors.decide(timetable, cluster).changes().stream().map(Change::told).toList();
  }

  @Test
  void opensTheDoorsALeadBeforeOpeningAndNotSooner() {
    Instant lead = OPENS.minus(KeepDoors.LEAD);
    assertThat(told(at(lead.minusMillis(1), contest(State.OPEN)), ASLEEP)).isEmpty();
    assertThat(told(at(lead, contest(State.OPEN)), ASLEEP))
        .containsExactly(
            "heartbeat-contests: started, for law",
            "heartbeat-tally: started, for law",
            "heartbeat-reconcile: started, for law",
            "verify: kept at 4 replicas, for law");
  }

  @Test
  void changesNothingWhileAllIsAsItShouldBe() {
    assertThat(told(at(OPENS, contest(State.OPEN)), AWAKE)).isEmpty();
    assertThat(told(at(OPENS), ASLEEP)).isEmpty();
  }

  @Test
  void releasesOnceTheLastVotesHaveSettledAndGoesOnBeating() {
    Instant settled = CLOSES.plus(KeepDoors.SETTLING);
    assertThat(told(at(settled.minusMillis(1), contest(State.CLOSED)), AWAKE)).isEmpty();
    assertThat(told(at(settled, contest(State.CLOSED)), AWAKE))
        .containsExactly("verify: released, it may sleep");
  }

  @Test
  void stopsTheHeartbeatsWhenTheResultIsPublishedOrForgotten() {
    Cluster released = new Cluster(running(), List.of());
    Instant forgotten = CLOSES.plus(KeepDoors.AFTERMATH);
    assertThat(told(at(forgotten.minusMillis(1), contest(State.CLOSED)), released)).isEmpty();
    assertThat(told(at(forgotten, contest(State.CLOSED)), released)).hasSize(3);
    assertThat(told(at(CLOSES, contest(State.PUBLISHED)), released))
        .containsExactly(
            "heartbeat-contests: stopped, nothing needs it",
            "heartbeat-tally: stopped, nothing needs it",
            "heartbeat-reconcile: stopped, nothing needs it");
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"DRAFT", "PUBLISHED"})
  void isMovedByNoDraftAndNoPublishedContest(State state) {
    assertThat(told(at(OPENS, contest(state)), ASLEEP)).isEmpty();
  }

  @Test
  void closesForAContestThatWasWithdrawnOrMovedFarAhead() {
    ContestTimes moved =
        new ContestTimes(
            "law", State.OPEN, OPENS.plus(Duration.ofDays(9)), CLOSES.plus(Duration.ofDays(9)));
    assertThat(told(at(OPENS), AWAKE)).hasSize(4);
    assertThat(told(at(OPENS, moved), AWAKE)).isEqualTo(told(at(OPENS), AWAKE));
  }

  @Test
  void closesByTheEarlierEndOfAContestThatEndsEarly() {
    ContestTimes early = new ContestTimes("law", State.OPEN, OPENS, OPENS.plusSeconds(60));
    Instant settled = OPENS.plusSeconds(60).plus(KeepDoors.SETTLING);
    assertThat(told(at(settled, early), AWAKE)).containsExactly("verify: released, it may sleep");
  }

  @Test
  void staysOpenForAnotherContestAndNamesThreeAtMost() {
    ContestTimes next = new ContestTimes("b", State.OPEN, OPENS, CLOSES.plus(Duration.ofDays(1)));
    assertThat(told(at(CLOSES.plus(KeepDoors.SETTLING), contest(State.PUBLISHED), next), AWAKE))
        .isEmpty();
    ContestTimes[] five =
        List.of("e", "d", "c", "b", "a").stream()
            .map(law -> new ContestTimes(law, State.OPEN, OPENS, CLOSES))
            .toArray(ContestTimes[]::new);
    assertThat(told(at(OPENS, five), ASLEEP))
        .contains("verify: kept at 4 replicas, for a, b, c and 2 others");
  }

  @Test
  void wakesContestsAloneForWhatIsStillToBeTold() {
    assertThat(told(new Timetable(OPENS, List.of(), true), ASLEEP))
        .containsExactly("heartbeat-contests: started, for what is still to be announced");
    assertThat(told(new Timetable(OPENS, List.of(), true), new Cluster(running(), List.of())))
        .hasSize(2);
  }

  @Test
  void leavesSourcesThatItDidNotMakeAndSaysWhereOneIsInTheWay() {
    Cluster foreign =
        new Cluster(
            List.of(
                new FoundHeartbeat("heartbeat-tally", "7", false, false),
                new FoundHeartbeat("heartbeat-contests", "7", false, true),
                new FoundHeartbeat("backup", "7", false, false)),
            List.of());
    Decision open = KeepDoors.decide(at(OPENS, contest(State.OPEN)), foreign);
    assertThat(open.changes()).containsExactly(new Change.Start(Heartbeat.RECONCILE, "law"));
    assertThat(open.complaints()).singleElement().asString().contains("heartbeat-tally");
    assertThat(KeepDoors.decide(at(OPENS), foreign)).isEqualTo(new Decision(List.of(), List.of()));
  }

  @Test
  void makesAnewWhatAnotherVersionMadeAndStopsWhatItNoLongerKnows() {
    Cluster older =
        new Cluster(
            List.of(
                new FoundHeartbeat("heartbeat-contests", "7", true, true),
                new FoundHeartbeat("heartbeat-reconcile", "7", true, true),
                new FoundHeartbeat("heartbeat-tally", "7", true, false),
                new FoundHeartbeat("heartbeat-notary", "7", true, false)),
            List.of());
    assertThat(KeepDoors.decide(at(OPENS, contest(State.OPEN)), older).changes())
        .containsExactly(
            new Change.Restart(Heartbeat.TALLY, "7"), new Change.Stop("heartbeat-notary", "7"));
  }

  /** warm-scale, min-scale, what was written from here; what is done while open, and while not. */
  @ParameterizedTest
  @CsvSource({
    ", , , nothing, nothing",
    "0, , , nothing, nothing",
    "4, , , warm, nothing",
    "4, 4, 4, nothing, release",
    "6, 4, 4, warm, release",
    "0, 4, 4, release, release",
    ", 4, 4, release, release",
    // Taken over by hand, or somebody's own from the beginning.
    "4, 8, 4, nothing, nothing",
    "4, 8, , nothing, nothing",
    "4, 2, , complain, nothing",
    "4, 2, 4, complain, nothing",
    "4, many, , complain, nothing",
    "4, , 4, warm, nothing",
    "four, , , complain, nothing",
    "-1, , , complain, nothing",
    "1000, 4, 4, complain, release",
  })
  void keepsEachFunctionAsItsAnnotationSays(
      @Nullable String warmScale,
      @Nullable String minScale,
      @Nullable String warmedTo,
      String open,
      String closed) {
    Cluster cluster =
        new Cluster(running(), List.of(function("store", warmScale, minScale, warmedTo)));
    assertThat(done(KeepDoors.decide(at(OPENS, contest(State.OPEN)), cluster))).isEqualTo(open);
    Instant later = CLOSES.plus(KeepDoors.SETTLING);
    assertThat(done(KeepDoors.decide(at(later, contest(State.CLOSED)), cluster))).isEqualTo(closed);
  }

  private static String done(Decision decision) {
    if (!decision.complaints().isEmpty()) {
      assertThat(decision.changes()).isEmpty();
      return "complain";
    }
    return decision.changes().stream()
        .map(
            change ->
                switch (change) {
                  case Change.Warm _ -> "warm";
                  case Change.Release _ -> "release";
                  case Change.Start _, Change.Restart _, Change.Stop _ -> "beat";
                })
        .findFirst()
        .orElse("nothing");
  }
}
