package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.Evidence.Participation;
import io.scrutin.chaos.Evidence.Trail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What became of each vote, held against what its voter was told. */
final class JudgeVotes {
  private static final String TOO_LATE = "too_late";

  private final Evidence evidence;
  private final Map<String, Intent> intents = new HashMap<>();
  private final Map<String, List<Cast>> casts = new HashMap<>();
  private final Map<Participation, Set<String>> recorded = new HashMap<>();
  private final List<Breach> breaches = new ArrayList<>();
  private int lostTail;

  JudgeVotes(Evidence evidence) {
    this.evidence = evidence;
    evidence.voteIds().forEach((number, id) -> intents.put(id, sent(number)));
    for (Cast cast : evidence.casts()) {
      casts.computeIfAbsent(cast.voteId(), _ -> new ArrayList<>()).add(cast);
    }
    evidence
        .participations()
        .forEach((id, voter) -> recorded.computeIfAbsent(voter, _ -> new HashSet<>()).add(id));
    judge();
  }

  List<Breach> breaches() {
    return breaches;
  }

  int lostTail() {
    return lostTail;
  }

  private Intent sent(int number) {
    return Objects.requireNonNull(evidence.ledger().sent().get(number));
  }

  private void judge() {
    for (String id : promised()) {
      outcome(id);
    }
    evidence.trail().forEach(this::refusal);
    evidence.participations().forEach(this::participation);
    recorded.forEach(
        (voter, ids) -> {
          if (ids.size() > 1) {
            breach(Promise.DOUBLE, "a voter has " + ids.size() + " recorded votes: " + ids);
          }
        });
  }

  private Set<String> promised() {
    Set<String> promised = new HashSet<>();
    for (Told told : evidence.ledger().told()) {
      if (told.isPromise()) {
        String expected = evidence.voteIds().get(told.number());
        if (!told.requestId().equals(expected)) {
          breach(
              Promise.PHANTOM,
              "vote " + expected + " was promised under another id: " + told.requestId());
        }
        promised.add(told.requestId());
      }
    }
    return promised;
  }

  private void outcome(String id) {
    Trail trail = evidence.trail().getOrDefault(id, Trail.NONE);
    boolean stands = evidence.participations().containsKey(id);
    if (trail.recorded() && !stands) {
      breach(Promise.LOST, id + " was told recorded, and is not");
    } else if (stands && !trail.recorded()) {
      breach(Promise.LOST, id + " is recorded, and nobody was told");
    } else if (trail.recorded() && trail.duplicate()) {
      breach(Promise.DOUBLE, id + " was told recorded, and duplicate");
    } else if (!trail.recorded() && !trail.duplicate() && !trail.rejected()) {
      missing(id, trail);
    }
  }

  private void missing(String id, Trail trail) {
    if (trail.parked()) {
      breach(Promise.PARKED, id + " is a vote, and was given up");
    } else if (evidence.cut().contains(id) && !casts.containsKey(id)) {
      lostTail++;
      again(id);
    } else {
      breach(Promise.LOST, id + " was promised, and has no outcome");
    }
  }

  /** They are told that they may, and so they may. */
  private void again(String id) {
    Intent lost = intents.get(id);
    if (lost == null) {
      return;
    }
    boolean triedAgain =
        evidence.ledger().sent().values().stream()
            .anyMatch(
                intent ->
                    intent.voter() == lost.voter()
                        && intent.lawId().equals(lost.lawId())
                        && intent.isAgain());
    if (triedAgain && !recorded.containsKey(new Participation(lost.lawId(), lost.voter()))) {
      breach(Promise.NOT_REPLACED, id + " was lost, and its voter could not vote again");
    }
  }

  /** A refusal is true: too late by the broker's stamp, or another vote of the voter stands. */
  private void refusal(String id, Trail trail) {
    Intent intent = intents.get(id);
    if (intent == null || trail.recorded()) {
      return;
    }
    if (trail.duplicate() && othersOf(intent, id) == 0) {
      breach(Promise.WRONG_REFUSAL, id + " is a duplicate of nothing");
    }
    if (trail.rejected() && !(trail.reason().equals(TOO_LATE) && isLate(id, intent.lawId()))) {
      breach(Promise.WRONG_REFUSAL, id + " was rejected: " + trail.reason());
    }
  }

  private long othersOf(Intent intent, String id) {
    return recorded
        .getOrDefault(new Participation(intent.lawId(), intent.voter()), Set.of())
        .stream()
        .filter(other -> !other.equals(id))
        .count();
  }

  private void participation(String id, Participation participation) {
    Intent intent = intents.get(id);
    if (intent == null) {
      breach(Promise.PHANTOM, id + " is recorded, and nobody sent it");
    } else if (participation.voter() != intent.voter()
        || !participation.lawId().equals(intent.lawId())) {
      breach(Promise.PHANTOM, id + " is recorded for another voter than who sent it");
    }
    if (casts.containsKey(id) && isLate(id, participation.lawId())) {
      breach(Promise.LATE, id + " is recorded, and was stamped after the end");
    }
  }

  /** Each of its casts that is still there. */
  private boolean isLate(String id, String lawId) {
    Instant closesAt =
        Objects.requireNonNull(evidence.contests().get(lawId), "a contest without an end")
            .closesAt();
    return casts.getOrDefault(id, List.of()).stream()
        .noneMatch(cast -> cast.stampedAt().isBefore(closesAt));
  }

  private void breach(Promise promise, String what) {
    breaches.add(new Breach(promise, what));
  }
}
