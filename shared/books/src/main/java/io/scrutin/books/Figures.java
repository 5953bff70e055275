package io.scrutin.books;

import io.scrutin.event.Contest;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the books of one contest hold.
 *
 * @param at when the tables were as they are read here
 * @param choices every choice that the box or the tally names
 * @param index nothing when Redis is away, or the roll not complete
 */
record Figures(
    Contest contest,
    Instant at,
    Casts casts,
    Balance.Ballots ballots,
    List<OfChoice> choices,
    Roll roll,
    Optional<Index> index,
    Trail trail,
    Map<Discrepancy, Listed> listed) {

  /**
   * @param due casts that audit must have noted by now
   * @param noted those of them that it has
   * @param onTheWay messages of any contest that the durables have still to carry
   * @param purgedTo the last sequence of the stream that is gone
   * @param purged casts that audit's trail alone knows, because of that
   * @param unaccounted casts of any contest that are gone, and that the trail does not know either
   */
  record Casts(
      Balance.Votes votes,
      long due,
      long noted,
      long onTheWay,
      long purgedTo,
      long purged,
      long unaccounted) {}

  /** The ballots of one choice, recounted from the box and as the tally has them. */
  record OfChoice(String choice, long inBox, long inTally) {}

  /**
   * @param size as its loading announced it; absent when there is no roll
   */
  record Roll(Optional<Long> size, boolean complete, long rows) {}

  /**
   * @param buckets that call themselves whole
   * @param onRoll voters of the roll that belong into these
   * @param members what is in them
   * @param idleClaims places taken in Redis without a recorded vote
   */
  record Index(long buckets, long onRoll, long members, long idleClaims) {}

  /**
   * @param recorded participations that the trail calls recorded, or whose event is on its way to
   *     it
   * @param attempts duplicates that have a number
   */
  record Trail(long recorded, long attempts, List<OfStep> steps) {
    Trail {
      steps = List.copyOf(steps);
    }

    long rows(int step) {
      return steps.stream().filter(s -> s.step() == step).mapToLong(OfStep::rows).sum();
    }
  }

  /** The rows of the trail with one step, and what the counter says. */
  record OfStep(int step, long rows, long counted) {}

  Figures {
    choices = List.copyOf(choices);
    Map<Discrepancy, Listed> copy = new EnumMap<>(Discrepancy.class);
    copy.putAll(listed);
    listed = Collections.unmodifiableMap(copy);
  }

  Listed listed(Discrepancy discrepancy) {
    return listed.getOrDefault(discrepancy, Listed.NONE);
  }
}
