package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.Evidence.ContestEnd;
import io.scrutin.chaos.Evidence.Participation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the ballots say what the voters said: each sealed one, and all opened ones together. */
final class JudgeBallots {
  private final Evidence evidence;
  private final Map<String, Intent> intents = new HashMap<>();
  private final List<Breach> breaches = new ArrayList<>();

  private JudgeBallots(Evidence evidence) {
    this.evidence = evidence;
    evidence
        .voteIds()
        .forEach((number, id) -> intents.put(id, evidence.ledger().sent().get(number)));
  }

  static List<Breach> of(Evidence evidence) {
    JudgeBallots judge = new JudgeBallots(evidence);
    evidence.casts().forEach(judge::sealed);
    evidence.contests().forEach(judge::opened);
    return judge.breaches;
  }

  private void sealed(Cast cast) {
    Intent intent = intents.get(cast.voteId());
    if (intent != null && !intent.choice().equals(cast.choice())) {
      breach(Promise.WRONG_CHOICE, cast.voteId() + " was sealed otherwise than it was sent");
    }
  }

  private void opened(String lawId, ContestEnd end) {
    Map<String, Long> sent = new TreeMap<>();
    long recorded = 0;
    for (Map.Entry<String, Participation> one : evidence.participations().entrySet()) {
      if (one.getValue().lawId().equals(lawId)) {
        recorded++;
        Intent intent = intents.get(one.getKey());
        if (intent != null) {
          sent.merge(intent.choice(), 1L, Long::sum);
        }
      }
    }
    long ballots = end.waiting() + end.spoiled() + sum(end.box());
    if (ballots > recorded) {
      breach(Promise.DOUBLE, lawId + ": " + ballots + " ballots of " + recorded + " votes");
    } else if (ballots < recorded) {
      breach(Promise.LOST, lawId + ": " + ballots + " ballots of " + recorded + " votes");
    }
    if (end.waiting() + end.spoiled() > 0) {
      breach(
          Promise.LOST,
          lawId + ": " + end.waiting() + " ballots wait, " + end.spoiled() + " are spoiled");
    } else if (!new TreeMap<>(end.box()).equals(sent)) {
      breach(Promise.WRONG_CHOICE, lawId + ": sent " + sent + ", in the box " + end.box());
    }
    if (!end.box().equals(end.tally())) {
      breach(Promise.WRONG_CHOICE, lawId + ": box " + end.box() + ", tally " + end.tally());
    }
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void breach(Promise promise, String what) {
    breaches.add(new Breach(promise, what));
  }
}
