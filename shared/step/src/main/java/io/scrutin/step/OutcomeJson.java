package io.scrutin.step;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An outcome as voters read it: audit tells it to who asks, submit to who waits, and the two must
 * never say it differently.
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OutcomeJson(
    String requestId,
    String status,
    @Nullable Integer attemptCount,
    @Nullable String reason,
    Instant at) {
  public static OutcomeJson of(VoteId voteId, Outcome outcome) {
    return new OutcomeJson(
        voteId.toString(),
        outcome.status().name().toLowerCase(Locale.ROOT),
        outcome.attemptCount(),
        outcome.reason(),
        outcome.at());
  }
}
