package io.scrutin.audit;

import static io.scrutin.audit.Notes.CLOSES;
import static io.scrutin.audit.Notes.LAW;
import static io.scrutin.audit.Notes.OPENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.audit.TurnoutByHour.Hour;
import io.scrutin.audit.TurnoutByHour.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnoutByHourTest {
  private static final Duration SETTLING_TIME = Duration.ofSeconds(60);
  private static final int HOURS = 24;

  private static Instant hour(int number) {
    return OPENS.plus(Duration.ofHours(number));
  }

  private static TurnoutByHour told(Grain grain, Instant now, Hour... hours) {
    return TurnoutByHour.of(LAW, OPENS, List.of(hours), grain, now, SETTLING_TIME);
  }

  @Test
  void tellsNothingOfTheRunningHourNorOfOneThatHasJustEnded() {
    Hour first = new Hour(hour(0), 500);
    Grain grain = new Grain(10, false);
    assertThat(told(grain, hour(1).minusSeconds(1), first).intervals()).isEmpty();
    assertThat(told(grain, hour(1).plusSeconds(59), first).intervals()).isEmpty();
    assertThat(told(grain, hour(1).plusSeconds(60), first).intervals())
        .containsExactly(new Interval(hour(0), hour(1), 490));
  }

  @Test
  void mergesHoursUntilTheyHideEachVote() {
    assertThat(
            told(
                    new Grain(10, true),
                    CLOSES,
                    new Hour(hour(0), 40),
                    new Hour(hour(1), 3),
                    new Hour(hour(4), 9),
                    new Hour(hour(5), 21))
                .intervals())
        .containsExactly(
            new Interval(hour(0), hour(1), 30),
            new Interval(hour(1), hour(5), 10),
            new Interval(hour(5), hour(6), 33));
  }

  @Test
  void tellsEachHourExactlyWhereTheContestHidesNoVote() {
    assertThat(
            told(new Grain(1, false), CLOSES, new Hour(hour(0), 1), new Hour(hour(2), 2))
                .intervals())
        .containsExactly(new Interval(hour(0), hour(1), 1), new Interval(hour(1), hour(3), 2));
  }

  @Test
  void tellsNothingOfFewerVotesThanAGrainEvenInTheEnd() {
    assertThat(told(new Grain(10, true), CLOSES, new Hour(hour(0), 9)).intervals()).isEmpty();
  }

  /** Somebody keeps asking, and audit hears of votes in any order: also of hours that are told. */
  @Property
  void noTwoFiguresEverToldDifferByFewerVotesThanAGrain(
      @ForAll @IntRange(min = 1, max = 25) int size,
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = HOURS * 40 - 1) Integer> arrivals) {
    TreeMap<Instant, Long> known = new TreeMap<>();
    TreeSet<Long> figures = new TreeSet<>(List.of(0L));
    long all = 0;
    int clock = 0;
    for (int arrival : arrivals) {
      int number = arrival / 40;
      clock = Math.max(clock, number);
      known.merge(hour(number), arrival % 40L, Long::sum);
      all += arrival % 40;
      ask(new Grain(size, false), hour(clock).plusSeconds(90), known, figures);
      figures.add(new Grain(size, false).count(all));
    }
    TurnoutByHour end = ask(new Grain(size, true), CLOSES, known, figures);
    assertThat(end.recorded()).isEqualTo(all >= size ? all : 0);
    Long before = null;
    for (long figure : figures) {
      assertThat(before == null ? size : figure - before).isGreaterThanOrEqualTo(size);
      before = figure;
    }
  }

  /** Adds the sums from the beginning to the end of each interval: differences of all kinds. */
  private static TurnoutByHour ask(
      Grain grain, Instant now, TreeMap<Instant, Long> known, TreeSet<Long> figures) {
    List<Hour> hours = new ArrayList<>();
    known.forEach((from, recorded) -> hours.add(new Hour(from, recorded)));
    TurnoutByHour answer = TurnoutByHour.of(LAW, OPENS, hours, grain, now, SETTLING_TIME);
    long sum = 0;
    Instant until = OPENS;
    for (Interval interval : answer.intervals()) {
      assertThat(interval.recorded()).isGreaterThanOrEqualTo(grain.size());
      assertThat(interval.from()).isEqualTo(until);
      assertThat(interval.until()).isAfter(interval.from());
      until = interval.until();
      sum += interval.recorded();
      figures.add(sum);
    }
    assertThat(answer.recorded()).isEqualTo(sum);
    return answer;
  }
}
