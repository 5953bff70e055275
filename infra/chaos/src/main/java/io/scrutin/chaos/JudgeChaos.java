package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.chaos.Evidence.Count;
import io.scrutin.chaos.Evidence.Parked;
import io.scrutin.chaos.Evidence.Planted;
import io.scrutin.chaos.Evidence.Unbalanced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
    judge.parked(breaches);
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
  }

  /** Exactly the poison, each by every binding that reads it: an outage alone parks nothing. */
  private void parked(List<Breach> breaches) {
    for (Parked parked : evidence.parked()) {
      if (evidence.poison().stream().noneMatch(planted -> planted.isMeantBy(parked))) {
        breaches.add(new Breach(Promise.PARKED, "no poison, and parked: " + parked));
      }
    }
    for (Planted planted : evidence.poison()) {
      Set<String> givenUpBy =
          evidence.parked().stream()
              .filter(planted::isMeantBy)
              .map(Parked::binding)
              .collect(Collectors.toSet());
      if (planted.there() && !givenUpBy.equals(planted.poison().givenUpBy())) {
        breaches.add(
            new Breach(
                Promise.PARKED,
                planted.poison().says() + ", " + planted.id() + ": given up by " + givenUpBy));
      }
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

  /** What was cut out of the broker is missed and poison is found, and rightly so. */
  private void books(List<Breach> breaches) {
    Set<String> excused = new HashSet<>(evidence.cut());
    evidence.poison().forEach(planted -> excused.add(planted.id()));
    List<Unbalanced> differences =
        evidence.differences().stream()
            .filter(difference -> !excused.contains(difference.id()))
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
