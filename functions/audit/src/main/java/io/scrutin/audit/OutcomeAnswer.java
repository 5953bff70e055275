package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An outcome as voters read it, whether they ask for it or wait for it. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record OutcomeAnswer(
    String requestId,
    String status,
    @Nullable Integer attemptCount,
    @Nullable String reason,
    Instant at) {
  static OutcomeAnswer of(VoteId vote, Outcome outcome) {
    return new OutcomeAnswer(
        vote.toString(),
        outcome.status().name().toLowerCase(Locale.ROOT),
        outcome.attemptCount(),
        outcome.reason(),
        outcome.at());
  }
}
