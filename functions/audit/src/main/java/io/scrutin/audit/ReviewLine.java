package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A vote that a person may have to look at.
 *
 * @param decision the latest; absent until somebody has decided
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReviewLine(String requestId, String reason, Instant at, @Nullable Decision decision) {
  /** What somebody decided, and who. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Decision(String decision, String author, @Nullable String note, Instant at) {}
}
