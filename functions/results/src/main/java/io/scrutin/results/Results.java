package io.scrutin.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may see. Redis holds nothing else either.
 *
 * @param isFinal no ballot can be added any more
 * @param counts every choice of the ballot, in its order; absent while withheld
 * @param updatedAt when ballots were last added; absent while none are counted, or withheld
 * @param stale true when Postgres is away and this is what it said last
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Results(
    String lawId,
    String policy,
    boolean visible,
    @JsonProperty("final") boolean isFinal,
    @Nullable Long total,
    @Nullable List<Count> counts,
    @Nullable Instant updatedAt,
    @Nullable Instant withheldUntil,
    @Nullable Boolean stale) {

  @Serdeable
  record Count(String choice, long votes, Label label) {}

  @Serdeable
  record Label(String fr, String en) {}

  Results {
    if (visible != (counts != null)) {
      throw new IllegalArgumentException("counts are shown when, and only when, they are visible");
    }
  }

  Results asStale() {
    return new Results(
        lawId, policy, visible, isFinal, total, counts, updatedAt, withheldUntil, true);
  }
}
