package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One vote's trail as auditors read it. */
@Serdeable(naming = SnakeCaseStrategy.class)
record TrailAnswer(String requestId, String lawId, List<Line> steps) {
  /** A step of it and when it was taken. */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Line(String step, Instant at, @Nullable String reason, @Nullable Integer attempt) {}

  static TrailAnswer of(VoteId vote, List<TrailEntry> trail) {
    return new TrailAnswer(
        vote.toString(),
        trail.getFirst().lawId(),
        trail.stream()
            .map(
                entry ->
                    new Line(entry.stage().code(), entry.at(), entry.reason(), entry.attempt()))
            .toList());
  }
}
