package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How votes get through.
 *
 * @param waiting casts that have no outcome yet
 * @param oldestWaitingSince absent while figures are not exact, when none waits, or when not all
 *     casts are looked through yet
 * @param lag absent while too few votes have an outcome
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Processing(
    String lawId,
    Instant checkedAt,
    String state,
    int step,
    boolean exact,
    List<OfStage> stages,
    long waiting,
    @Nullable Instant oldestWaitingSince,
    @Nullable Lag lag) {

  /** Whether what came in gets out. */
  enum State {
    IDLE,
    WORKING,
    /** One of the two: which of them, a single vote would change. */
    FLOWING,
    STUCK;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What came to a stage, and when the last of it did: of the votes told in grains, nothing. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record OfStage(String stage, long count, @Nullable Instant lastAt) {}

  /**
   * From a cast's stamp to that of its first outcome, in the newest votes.
   *
   * @param votes how many were looked at
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  record Lag(int votes, double medianSeconds, double p95Seconds) {}

  Processing {
    stages = List.copyOf(stages);
  }
}
