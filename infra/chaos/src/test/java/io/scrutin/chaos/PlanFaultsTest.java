package io.scrutin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlanFaultsTest {
  private static final List<String> PROCESSES = List.of("submit-1", "store-1", "trigger-1");
  private static final Duration LONG = Duration.ofMinutes(20);

  private static List<Planned> plan(long seed, Duration length) {
    return new PlanFaults(new Random(seed), EnumSet.allOf(Kind.class), PROCESSES).within(length);
  }

  @Property(tries = 100)
  void theSameSeedIsTheSamePlan(@ForAll long seed) {
    assertThat(plan(seed, LONG)).isEqualTo(plan(seed, LONG));
  }

  @Property(tries = 20)
  void anotherSeedIsAnotherPlan(@ForAll long seed) {
    assertThat(plan(seed, LONG)).isNotEqualTo(plan(seed + 1, LONG));
  }

  @Property(tries = 100)
  void everyKindComesInALongRun(@ForAll long seed) {
    Set<Kind> kinds =
        plan(seed, LONG).stream()
            .map(planned -> planned.fault().kind())
            .collect(Collectors.toSet());
    assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
  }

  @Property(tries = 100)
  void theDoorIsSoundWhileAnswersAreHeldAgainstAnOutage(@ForAll long seed) {
    List<Planned> plan = plan(seed, LONG);
    for (Planned alone : plan) {
      if (alone.fault().kind().alone()) {
        assertThat(plan)
            .filteredOn(other -> other != alone && other.fault().isAtTheDoor())
            .allMatch(
                other ->
                    other.until().plus(Fault.DOOR_REPAIR).compareTo(alone.at()) <= 0
                        || other.at().compareTo(alone.until()) > 0);
      }
    }
  }

  @Property(tries = 100)
  void twoMinutesHaveRoomForHalfOfTheKinds(@ForAll long seed) {
    assertThat(kindsOfTwoMinutes(seed)).hasSizeGreaterThan(Kind.values().length / 2);
  }

  @Example
  void theFixedRoundHasEveryKind() {
    List<String> processes =
        Stream.of("submit verify dedup store tally results audit contests trigger".split(" "))
            .flatMap(name -> Stream.of(name + "-1", name + "-2"))
            .toList();
    assertThat(
            new PlanFaults(new Random(ChaosTest.SEED), EnumSet.allOf(Kind.class), processes)
                .within(Duration.ofSeconds(ChaosTest.SECONDS)))
        .extracting(planned -> planned.fault().kind())
        .contains(Kind.values());
  }

  private static Set<Kind> kindsOfTwoMinutes(long seed) {
    return plan(seed, Duration.ofMinutes(2)).stream()
        .map(planned -> planned.fault().kind())
        .collect(Collectors.toSet());
  }

  @Property(tries = 100)
  void allIsHealedWhenVotesStopComing(@ForAll long seed) {
    assertThat(plan(seed, LONG)).allMatch(planned -> planned.until().compareTo(LONG) <= 0);
  }
}
