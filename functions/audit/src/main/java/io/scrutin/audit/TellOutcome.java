package io.scrutin.audit;

import io.scrutin.event.Outcome;
import io.scrutin.event.Outcome.Status;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a voter is told, from the trail of the vote. */
final class TellOutcome {
  /**
   * One vote id may come to several ends, because a retry with the same key, a replay and a
   * redelivery all carry the id of the first. What is true for good comes first: a vote in Postgres
   * stays recorded when a retry of it is stamped after closing and rejected; a duplicate stays one
   * for the same reason; and what a person replayed from where it was parked is no longer parked.
   */
  private static final List<Stage> STRONGEST_FIRST =
      List.of(Stage.RECORDED, Stage.DUPLICATED, Stage.REJECTED, Stage.PARKED, Stage.CAST);

  private static final Set<String> ABOUT_TIME = Set.of("too_late", "too_early");

  private TellOutcome() {}

  /** Nothing for a vote that was never heard of. */
  static Optional<Outcome> of(Collection<TrailEntry> trail) {
    boolean cameLate = cameLate(trail);
    Optional<Outcome> end =
        trail.stream()
            .filter(entry -> cameLate || !isAboutTime(entry))
            .min(Comparator.comparing(entry -> STRONGEST_FIRST.indexOf(entry.stage())))
            .map(TellOutcome::told);
    return end.or(() -> trail.stream().findFirst().map(TellOutcome::received));
  }

  /**
   * A cast that was in time may be on its way still, and it was a retry of it, stamped after
   * closing, that came too late. Told now, that refusal would not be true in a moment. What was
   * refused and what was cast are noted each in its own time: as long as no cast is noted, nobody
   * here knows when the first one came.
   */
  private static boolean cameLate(Collection<TrailEntry> trail) {
    return trail.stream().anyMatch(entry -> entry.stage() == Stage.CAST)
        && trail.stream().noneMatch(entry -> entry.stage() == Stage.CAST && entry.inTime());
  }

  private static boolean isAboutTime(TrailEntry entry) {
    return entry.stage() == Stage.REJECTED
        && entry.reason() != null
        && ABOUT_TIME.contains(entry.reason());
  }

  private static Outcome told(TrailEntry entry) {
    return switch (entry.stage()) {
      case RECORDED -> new Outcome(Status.RECORDED, 1, null, entry.at());
      case DUPLICATED -> new Outcome(Status.DUPLICATE, entry.attempt(), null, entry.at());
      case REJECTED -> new Outcome(Status.REJECTED, null, entry.reason(), entry.at());
      case PARKED -> new Outcome(Status.PARKED, null, entry.reason(), entry.at());
      case CAST -> received(entry);
    };
  }

  private static Outcome received(TrailEntry entry) {
    return new Outcome(Status.RECEIVED, null, null, entry.at());
  }
}
