package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How many votes came to which stage, and how many voters that is of those on the roll.
 *
 * @param parked how many were ever parked, those that were replayed since included
 * @param rollSize absent while the roll is not known
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Turnout(
    String lawId,
    long cast,
    long recorded,
    long duplicated,
    long rejected,
    long parked,
    @Nullable Long rollSize,
    @Nullable BigDecimal turnoutPercent) {

  static @Nullable BigDecimal percent(long recorded, @Nullable Long rollSize) {
    return rollSize == null || rollSize == 0
        ? null
        : BigDecimal.valueOf(recorded)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(rollSize), 2, RoundingMode.HALF_UP);
  }
}
