package io.scrutin.audit;

import io.scrutin.audit.Processing.Lag;
import io.scrutin.audit.Processing.OfStage;
import io.scrutin.audit.Processing.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether votes get through, and how much of that everybody may know. */
final class CheckProcessing {
  /** A cold start of the whole chain takes seconds; what waits for a minute waits for a person. */
  static final Duration STUCK_AFTER = Duration.ofSeconds(60);

  /**
   * What the trail says.
   *
   * @param oldest since when the oldest cast without an outcome waits
   */
  record Observed(Stages stages, @Nullable Instant oldest, @Nullable Lag lag) {
    long waiting() {
      return Math.max(stages.waiting(), oldest == null ? 0 : 1);
    }
  }

  private CheckProcessing() {}

  static Processing of(String lawId, Observed observed, Grain grain, Instant now) {
    List<OfStage> stages =
        Arrays.stream(Stage.values()).map(stage -> told(stage, observed.stages(), grain)).toList();
    return new Processing(
        lawId,
        now,
        told(state(observed, now), grain).code(),
        grain.size(),
        grain.isExact(),
        stages,
        grain.count(observed.waiting()),
        grain.isExact() ? observed.oldest() : null,
        lag(observed.lag(), grain));
  }

  static State state(Observed observed, Instant now) {
    if (observed.waiting() == 0) {
      return State.IDLE;
    }
    Instant oldest = observed.oldest();
    // Not found yet among many: then at least something has to move.
    Instant since = oldest == null ? observed.stages().lastOutcomeAt().orElse(Instant.MIN) : oldest;
    return since.isBefore(now.minus(STUCK_AFTER)) ? State.STUCK : State.WORKING;
  }

  /** Between the states of a system that gets votes through, a single vote makes the difference. */
  private static State told(State state, Grain grain) {
    return switch (state) {
      case STUCK -> State.STUCK;
      case IDLE, WORKING, FLOWING -> grain.isExact() ? state : State.FLOWING;
    };
  }

  /** Refused votes are listed one by one, with their time; others are hidden among their grain. */
  private static OfStage told(Stage stage, Stages stages, Grain grain) {
    Stages.Seen seen = stages.of(stage);
    return switch (stage) {
      case CAST, RECORDED ->
          new OfStage(
              stage.code(), grain.count(seen.count()), grain.isExact() ? seen.lastAt() : null);
      case DUPLICATED, REJECTED, PARKED -> new OfStage(stage.code(), seen.count(), seen.lastAt());
    };
  }

  /** In full seconds while votes come: finer, it would change with each of them. */
  private static @Nullable Lag lag(@Nullable Lag lag, Grain grain) {
    if (lag == null || grain.isExact()) {
      return lag;
    }
    return lag.votes() < 2 * grain.size()
        ? null
        : new Lag(
            (int) grain.count(lag.votes()),
            Math.ceil(lag.medianSeconds()),
            Math.ceil(lag.p95Seconds()));
  }
}
