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
 * @param cast as {@code recorded}, in steps while votes come; refusals are listed one by one anyway
 * @param parked how many were ever parked, those that were replayed since included
 * @param step what {@code cast} and {@code recorded} are multiples of while not {@code exact}
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
    int step,
    boolean exact,
    @Nullable Long rollSize,
    @Nullable BigDecimal turnoutPercent) {

  static Turnout of(String lawId, Stages stages, @Nullable Long rollSize, Grain grain) {
    long recorded = grain.count(stages.count(Stage.RECORDED));
    return new Turnout(
        lawId,
        grain.count(stages.count(Stage.CAST)),
        recorded,
        stages.count(Stage.DUPLICATED),
        stages.count(Stage.REJECTED),
        stages.count(Stage.PARKED),
        grain.size(),
        grain.isExact(),
        rollSize,
        percent(recorded, rollSize));
  }

  static @Nullable BigDecimal percent(long recorded, @Nullable Long rollSize) {
    return rollSize == null || rollSize == 0
        ? null
        : BigDecimal.valueOf(recorded)
            .movePointRight(2)
            .divide(BigDecimal.valueOf(rollSize), 2, RoundingMode.HALF_UP);
  }
}
