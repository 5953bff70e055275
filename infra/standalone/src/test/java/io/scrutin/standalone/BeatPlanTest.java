package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.BeatPlan.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatPlanTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration IDLE = Duration.ofSeconds(6);
  private static final Unfinished OPEN = new Unfinished(NOON.plusSeconds(3_600));
  private static final Unfinished OVER = new Unfinished(NOON);

  private final BeatPlan plan = BeatPlan.whenAsleepAfter(IDLE);

  @Test
  void letsEverybodySleepWhenNoContestIsOpen() {
    assertThat(plan.isDue(List.of(), NOON, NOON.plusSeconds(86_400))).isFalse();
  }

  @Test
  void letsThemSleepBetweenTwoBeatsWhileVotesComeIn() {
    assertThat(plan.every(List.of(OPEN), NOON)).contains(Duration.ofMinutes(1));
    assertThat(plan.isDue(List.of(OPEN), NOON, NOON.plusSeconds(59))).isFalse();
    assertThat(plan.isDue(List.of(OPEN), NOON, NOON.plusSeconds(60))).isTrue();
    BeatPlan lazy = BeatPlan.whenAsleepAfter(Duration.ofMinutes(3));
    assertThat(lazy.slow()).isGreaterThan(Duration.ofMinutes(3));
  }

  @Test
  void leavesNobodyWaitingForTheLengthOfAnIdleTime() {
    BeatPlan lazy = BeatPlan.whenAsleepAfter(Duration.ofHours(1));
    assertThat(lazy.every(List.of(OVER), NOON)).contains(Duration.ofSeconds(5));
    assertThat(lazy.every(List.of(OPEN), NOON)).contains(Duration.ofMinutes(10));
  }

  @Test
  void keepsThemAwakeWhileAContestEnds() {
    assertThat(plan.every(List.of(OPEN, OVER), NOON).orElseThrow()).isLessThan(IDLE);
  }
}
