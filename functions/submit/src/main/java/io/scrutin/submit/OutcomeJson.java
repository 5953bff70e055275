package io.scrutin.submit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a vote, as {@code GET /api/v1/vote/{request_id}} tells it too. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record OutcomeJson(
    String requestId,
    String status,
    @Nullable Integer attemptCount,
    @Nullable String reason,
    Instant at) {
  static OutcomeJson of(VoteId voteId, Outcome outcome) {
    return new OutcomeJson(
        voteId.toString(),
        outcome.status().name().toLowerCase(Locale.ROOT),
        outcome.attemptCount(),
        outcome.reason(),
        outcome.at());
  }
}
