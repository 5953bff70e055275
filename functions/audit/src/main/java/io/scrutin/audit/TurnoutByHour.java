package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Recorded votes by hour, merged until each interval has {@code step} votes or more.
 *
 * <p>Told are the {@linkplain Grain grains} that were full when an hour ended, so an interval's
 * figure is less than two grains off, and no figure of any two answers subtracted from another
 * singles out fewer votes than a grain: not the running hour's, which is never told, and not that
 * of a vote that audit heard of late.
 *
 * @param step every figure is a multiple of it, the last one excepted
 * @param exact the contest is over: the figures add up to all recorded votes
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record TurnoutByHour(
    String lawId,
    int step,
    boolean exact,
    long recorded,
    @JsonInclude(JsonInclude.Include.ALWAYS) List<Interval> intervals) {

  /** The votes of an hour, exactly. */
  record Hour(Instant from, long recorded) {
    Instant until() {
      return from.plus(1, ChronoUnit.HOURS);
    }
  }

  /** From the full hour {@code from} to, and without, the full hour {@code until}. */
  @Serdeable
  record Interval(Instant from, Instant until, long recorded) {}

  TurnoutByHour {
    intervals = List.copyOf(intervals);
  }

  /**
   * @param hours those that have votes, in their order
   * @param settlingTime so long after its end an hour's votes are still on their way
   */
  static TurnoutByHour of(
      String lawId,
      Instant opensAt,
      List<Hour> hours,
      Grain grain,
      Instant now,
      Duration settlingTime) {
    List<Interval> intervals = new ArrayList<>();
    Instant from = opensAt.truncatedTo(ChronoUnit.HOURS);
    long seen = 0;
    long told = 0;
    for (int i = 0; i < hours.size(); i++) {
      Hour hour = hours.get(i);
      boolean last = grain.over() && i == hours.size() - 1;
      if (!grain.over() && now.isBefore(hour.until().plus(settlingTime))) {
        break;
      }
      seen += hour.recorded();
      // The rest joins the last interval: on its own it would be less than a grain.
      long tell = last ? seen : grain.held(seen);
      if (tell - told >= grain.size()) {
        Instant start = hour.from().isBefore(from) ? hour.from() : from;
        intervals.add(new Interval(start, hour.until(), tell - told));
        told = tell;
        from = hour.until();
      }
    }
    return new TurnoutByHour(lawId, grain.size(), grain.over(), told, intervals);
  }
}
