package io.scrutin.audit;

import io.scrutin.audit.Integrity.Check;
import io.scrutin.event.Contest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which figures must be the same, and when. */
final class CheckIntegrity {
  /** After closing, the votes stamped in time are still on their way for a moment. */
  static final Duration SETTLING_TIME = Duration.ofSeconds(60);

  private CheckIntegrity() {}

  static Integrity of(Contest contest, Figures figures, Instant now) {
    boolean settled = now.isAfter(contest.closesAt().plus(SETTLING_TIME));
    List<Check> checks = new ArrayList<>();
    checks.add(participationsAreBallots(figures));
    checks.add(trailIsComplete(figures, settled));
    boolean visible = contest.showsCountsAt(now);
    if (visible) {
      figures.choices().forEach(choice -> checks.add(tallyIsRecount(choice)));
    } else {
      checks.add(tallyIsRecountOfAll(figures));
    }
    return new Integrity(
        contest.lawId(),
        now,
        settled,
        checks.stream().allMatch(Check::ok),
        figures.participations(),
        figures.waiting(),
        figures.ballots(),
        figures.spoiled(),
        figures.recordedInTrail(),
        checks);
  }

  /** A recorded vote is in its envelope, in the box, or spoiled: in exactly one of them. */
  private static Check participationsAreBallots(Figures figures) {
    long found = figures.waiting() + figures.ballots() + figures.spoiled();
    long difference = found - figures.participations();
    return new Check(
        "participations_are_ballots",
        null,
        figures.participations(),
        found,
        difference,
        difference == 0);
  }

  /** The trail is written after the vote is, so until all is settled it may be behind. */
  private static Check trailIsComplete(Figures figures, boolean settled) {
    long difference = figures.recordedInTrail() - figures.participations();
    boolean onItsWay = !settled && difference < 0;
    return new Check(
        "trail_is_complete",
        null,
        figures.participations(),
        figures.recordedInTrail(),
        difference,
        difference == 0 || onItsWay);
  }

  /** Both move in one transaction, so they agree at any moment. */
  private static Check tallyIsRecount(Figures.OfChoice choice) {
    long difference = choice.inTally() - choice.inBox();
    return new Check(
        "tally_is_recount",
        choice.choice(),
        choice.inBox(),
        choice.inTally(),
        difference,
        difference == 0);
  }

  /**
   * While counts are withheld not even the choices are named: only those that have ballots are
   * known here, and that is what nobody may know yet.
   */
  private static Check tallyIsRecountOfAll(Figures figures) {
    long difference =
        figures.choices().stream()
            .mapToLong(choice -> Math.abs(choice.inTally() - choice.inBox()))
            .sum();
    return new Check("tally_is_recount", null, null, null, difference, difference == 0);
  }
}
