package io.scrutin.audit;

import io.scrutin.audit.Integrity.Check;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which figures must be the same, and when. */
final class CheckIntegrity {
  private CheckIntegrity() {}

  static Integrity of(Contest contest, Figures figures, Instant now, Duration settlingTime) {
    boolean past = Grain.isPast(contest, now, settlingTime);
    Grain grain = Grain.of(contest, now, settlingTime, figures.waiting());
    boolean settled = past && figures.waiting() == 0;
    List<Check> checks = new ArrayList<>();
    checks.add(participationsAreBallots(figures, grain));
    checks.add(trailIsComplete(figures, past, grain));
    if (settled || contest.policy().visibility() == Visibility.LIVE) {
      figures.choices().forEach(choice -> checks.add(tallyIsRecount(choice)));
    } else {
      checks.add(tallyIsRecountOfAll(figures));
    }
    return new Integrity(
        contest.lawId(),
        now,
        settled,
        checks.stream().allMatch(Check::ok),
        grain.size(),
        grain.isExact(),
        grain.count(figures.participations()),
        grain.count(figures.waiting()),
        grain.count(figures.ballots()),
        grain.count(figures.spoiled()),
        grain.count(figures.recordedInTrail()),
        checks);
  }

  /** A recorded vote is in its envelope, in the box, or spoiled: in exactly one of them. */
  private static Check participationsAreBallots(Figures figures, Grain grain) {
    long found = figures.waiting() + figures.ballots() + figures.spoiled();
    return check(
        "participations_are_ballots",
        figures.participations(),
        found,
        found == figures.participations(),
        grain);
  }

  /** The trail is written after the vote is, so until all is settled it may be behind. */
  private static Check trailIsComplete(Figures figures, boolean past, Grain grain) {
    long difference = figures.recordedInTrail() - figures.participations();
    return check(
        "trail_is_complete",
        figures.participations(),
        figures.recordedInTrail(),
        difference == 0 || (!past && difference < 0),
        grain);
  }

  /** What is wrong is told exactly; votes on their way are no more than their grains. */
  private static Check check(String name, long expected, long found, boolean ok, Grain grain) {
    long difference = found - expected;
    return new Check(
        name,
        null,
        grain.isExact() ? expected : null,
        grain.isExact() ? found : null,
        ok ? grain.difference(difference) : difference,
        ok);
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
