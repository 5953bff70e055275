package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** How many votes were rejected, and why; the most frequent reason first. */
@Serdeable(naming = SnakeCaseStrategy.class)
record RefusalCounts(
    String lawId, long rejected, @JsonInclude(JsonInclude.Include.ALWAYS) List<OfReason> reasons) {

  /** A reason is a code, the same that an outcome has. */
  @Serdeable
  record OfReason(String reason, long count) {}

  static RefusalCounts of(String lawId, List<OfReason> reasons) {
    return new RefusalCounts(
        lawId, reasons.stream().mapToLong(OfReason::count).sum(), List.copyOf(reasons));
  }
}
