package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.standalone.Wakefulness.Decision;
import io.scrutin.standalone.Wakefulness.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WakefulnessTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration IDLE = Duration.ofSeconds(5);

  /** What may happen to a function, at any moment and in any order. */
  enum Happening {
    ARRIVAL,
    ANSWER,
    FAILURE,
    IMPATIENCE,
    SECOND,
    MINUTE,
    READINESS,
    DEATH,
    EXIT
  }

  /** The keeper and its function, with the processes really counted. */
  private static final class World {
    private Wakefulness state = Wakefulness.asleep(NOON);
    private Instant now = NOON;
    private int processes;
    private int arrived;
    private int answered;
    private int gone;

    void run(List<Happening> happenings) {
      happenings.forEach(this::happens);
    }

    private void happens(Happening happening) {
      switch (happening) {
        case ARRIVAL -> {
          if (!state.isBarred(now)) {
            state = state.arrive();
            arrived++;
          }
        }
        case ANSWER -> leave(true);
        case FAILURE -> leave(false);
        case IMPATIENCE -> {
          if (state.waiting() > 0) {
            state = state.giveUp();
            gone++;
          }
        }
        case SECOND -> now = now.plusSeconds(1);
        case MINUTE -> now = now.plusSeconds(60);
        case READINESS -> {
          if (state.phase() == Phase.STARTING) {
            state = state.ready(now);
          }
        }
        case DEATH -> {
          if (state.phase() == Phase.STARTING || state.phase() == Phase.AWAKE) {
            processes--;
            state = state.died(now);
          }
        }
        case EXIT -> {
          if (state.phase() == Phase.STOPPING) {
            processes--;
            state = state.stopped();
          }
        }
      }
      while (state.phase() == Phase.AWAKE && state.waiting() > 0) {
        state = state.enter();
      }
      keep();
    }

    private void leave(boolean byTheFunction) {
      if (state.inFlight() > 0) {
        state = state.leave(now, byTheFunction);
        answered++;
      }
    }

    private void keep() {
      Decision decision = state.decide(now, IDLE);
      switch (decision) {
        case START -> {
          state = state.start();
          processes++;
        }
        case STOP -> {
          assertThat(state.requests()).as("requests when it is stopped").isZero();
          state = state.stop();
        }
        case KEEP -> {}
      }
      assertThat(processes).isBetween(0, 1);
      assertThat(processes == 0).isEqualTo(state.phase() == Phase.ASLEEP);
      assertThat(state.requests()).isEqualTo(arrived - answered - gone);
    }
  }

  @Property
  void keepsOneProcessAtMostAndStopsNobodysRequest(
      @ForAll @Size(max = 200) List<Happening> happenings) {
    new World().run(happenings);
  }

  @Property
  void answersEverybodyAndSleepsInTheEnd(@ForAll @Size(max = 100) List<Happening> happenings) {
    World world = new World();
    world.run(happenings);
    for (int i = 0; world.state.requests() > 0 && i < 1_000; i++) {
      // From here on nothing dies and nobody comes.
      world.run(List.of(Happening.MINUTE, Happening.EXIT, Happening.READINESS, Happening.ANSWER));
    }
    assertThat(world.answered + world.gone).isEqualTo(world.arrived);
    world.run(List.of(Happening.READINESS, Happening.MINUTE, Happening.EXIT));
    assertThat(world.state.phase()).isEqualTo(Phase.ASLEEP);
  }

  @Test
  void startsWithTheFirstCallAndStopsWhenNobodyCameForItsIdleTime() {
    Wakefulness called = Wakefulness.asleep(NOON).arrive();
    assertThat(called.decide(NOON, IDLE)).isEqualTo(Decision.START);
    Wakefulness awake = called.start().ready(NOON).enter();
    assertThat(awake.decide(NOON.plusSeconds(600), IDLE)).isEqualTo(Decision.KEEP);
    Wakefulness idle = awake.leave(NOON.plusSeconds(600), true);
    assertThat(idle.decide(NOON.plusSeconds(604), IDLE)).isEqualTo(Decision.KEEP);
    assertThat(idle.decide(NOON.plusSeconds(605), IDLE)).isEqualTo(Decision.STOP);
  }

  @Test
  void startsNextProcessForWhoCameWhileTheLastOneStopped() {
    Wakefulness stopping = awake().stop();
    Wakefulness asleep = stopping.arrive().stopped();
    assertThat(asleep.decide(NOON, IDLE)).isEqualTo(Decision.START);
  }

  @Test
  void waitsLongerAfterEachDeathUntilOneAnswers() {
    Wakefulness state = Wakefulness.asleep(NOON);
    Duration before = Duration.ZERO;
    for (int death = 0; death < 40; death++) {
      state = state.arrive().start().died(NOON).giveUp();
      Duration wait = Duration.between(NOON, state.notBefore());
      assertThat(wait).isBetween(before, Duration.ofSeconds(10)).isPositive();
      assertThat(state.isBarred(NOON)).isTrue();
      before = wait;
    }
    Wakefulness answered = state.arrive().start().ready(NOON).enter().leave(NOON, true);
    assertThat(Duration.between(NOON, answered.died(NOON).notBefore()))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void refusesToStopWhatSomebodyWaitsFor() {
    Wakefulness busy = awake().arrive().enter();
    assertThatThrownBy(busy::stop).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> awake().start()).isInstanceOf(IllegalStateException.class);
  }

  private static Wakefulness awake() {
    return Wakefulness.asleep(NOON).arrive().start().ready(NOON).enter().leave(NOON, true);
  }
}
