package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the tables of a contest agree with each other.
 *
 * @param settled the contest has been over for long enough that nothing is on its way any more, and
 *     no envelope waits
 * @param step what the figures are multiples of while not {@code exact}
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record Integrity(
    String lawId,
    Instant checkedAt,
    boolean settled,
    boolean ok,
    int step,
    boolean exact,
    long participations,
    long envelopesWaiting,
    long ballotsInBox,
    long spoiled,
    long recordedInTrail,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<Check> checks) {

  /**
   * Two figures that should be the same.
   *
   * @param choice of which choice they are, if of one
   * @param expected absent, as {@code found}, while the contest's policy withholds its counts, and
   *     those of voters while they are not exact
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Check(
      String name,
      @Nullable String choice,
      @Nullable Long expected,
      @Nullable Long found,
      long difference,
      boolean ok) {}

  Integrity {
    checks = List.copyOf(checks);
  }
}
