package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.chaos.Evidence.Count;
import io.scrutin.chaos.Evidence.Unbalanced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether every promise was kept, from what is left when all is over. */
final class JudgeChaos {
  /** From the last healing until nothing is on its way. */
  static final int LONGEST_DRAIN_SECONDS = 60;

  /** Of one kind; the rest is counted. */
  private static final int MOST_SHOWN = 5;

  private final Evidence evidence;

  private JudgeChaos(Evidence evidence) {
    this.evidence = evidence;
  }

  static Verdict of(Evidence evidence) {
    JudgeChaos judge = new JudgeChaos(evidence);
    JudgeVotes votes = new JudgeVotes(evidence);
    List<Breach> breaches = new ArrayList<>(votes.breaches());
    breaches.addAll(JudgeBallots.of(evidence));
    breaches.addAll(JudgeAnswers.of(evidence));
    judge.drained(breaches);
    judge.counts(breaches);
    judge.books(breaches);
    evidence.secretPlaces().forEach(place -> breaches.add(new Breach(Promise.SECRET, place)));
    return new Verdict(evidence.ledger().sent().size(), votes.lostTail(), breaches);
  }

  private void drained(List<Breach> breaches) {
    if (!(evidence.drainSeconds() <= LONGEST_DRAIN_SECONDS)) {
      breaches.add(
          new Breach(
              Promise.NOT_DRAINED,
              "nothing was on its way only after %.1f s".formatted(evidence.drainSeconds())));
    }
    if (evidence.pending() != 0) {
      breaches.add(new Breach(Promise.NOT_DRAINED, evidence.pending() + " messages are pending"));
    }
    if (evidence.parked() != evidence.poison()) {
      breaches.add(
          new Breach(
              Promise.PARKED,
              evidence.parked() + " messages are parked, and the poison is " + evidence.poison()));
    }
  }

  private void counts(List<Breach> breaches) {
    Map<String, Long> highest = new HashMap<>();
    for (Count seen : evidence.counts()) {
      long before = highest.merge(seen.of(), seen.count(), Math::max);
      if (seen.count() < before) {
        breaches.add(
            new Breach(
                Promise.COUNT_FELL, seen.of() + " fell from " + before + " to " + seen.count()));
      }
    }
  }

  /** What the harness cut out of the broker is missed, and rightly so. */
  private void books(List<Breach> breaches) {
    List<Unbalanced> differences =
        evidence.differences().stream()
            .filter(difference -> !evidence.cut().contains(difference.id()))
            .toList();
    for (Unbalanced difference : differences.subList(0, Math.min(MOST_SHOWN, differences.size()))) {
      breaches.add(new Breach(Promise.BOOKS, difference.id() + " " + difference.text()));
    }
    if (differences.size() > MOST_SHOWN) {
      breaches.add(
          new Breach(Promise.BOOKS, "and " + (differences.size() - MOST_SHOWN) + " more of these"));
    }
  }
}
