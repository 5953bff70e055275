package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.Evidence.ContestEnd;
import io.scrutin.chaos.Evidence.Count;
import io.scrutin.chaos.Evidence.Outage;
import io.scrutin.chaos.Evidence.Parked;
import io.scrutin.chaos.Evidence.Participation;
import io.scrutin.chaos.Evidence.Planted;
import io.scrutin.chaos.Evidence.Trail;
import io.scrutin.chaos.Evidence.Unbalanced;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What four voters and five posts leave in a system without a fault: the first voter votes twice.
 * Tests plant a fault in it before it is judged.
 */
final class Aftermath {
  static final String LAW = "law";
  static final Instant END = Instant.parse("2026-11-21T12:00:00Z");
  static final Instant IN_TIME = END.minusSeconds(60);
  static final long SENT = IN_TIME.toEpochMilli();

  final Map<Integer, Intent> sent = new HashMap<>();
  final List<Told> told = new ArrayList<>();
  final Map<Integer, String> voteIds = new HashMap<>();
  final Map<String, Participation> participations = new HashMap<>();
  final Map<String, Trail> trail = new HashMap<>();
  final List<Cast> casts = new ArrayList<>();
  final Map<String, Long> box = new HashMap<>(Map.of("oui", 2L, "non", 2L));
  final Map<String, Long> tally = new HashMap<>(Map.of("oui", 2L, "non", 2L));
  final List<Parked> parked = new ArrayList<>();
  final List<Planted> poison = new ArrayList<>();
  final Set<String> cut = new HashSet<>();
  final List<Count> counts = new ArrayList<>();
  final List<Unbalanced> differences = new ArrayList<>();
  final List<Outage> outages = new ArrayList<>();
  final List<String> secretPlaces = new ArrayList<>();
  long waiting;
  long pending;
  double drainSeconds = 12;

  Aftermath() {
    for (int voter = 0; voter < 4; voter++) {
      alsoSent(voter, voter, voter % 2 == 0 ? "oui" : "non");
      participations.put(id(voter), new Participation(LAW, voter));
      trail.put(id(voter), recorded());
    }
    alsoSent(4, 0, "non");
    trail.put(id(4), duplicate());
    counts.add(new Count("oui", 1));
    counts.add(new Count("oui", 2));
  }

  static String id(int number) {
    return "%032x".formatted(number);
  }

  static Trail recorded() {
    return new Trail(true, false, false, false, "");
  }

  static Trail duplicate() {
    return new Trail(false, true, false, false, "");
  }

  static Trail rejected(String reason) {
    return new Trail(false, false, true, false, reason);
  }

  static Trail givenUp() {
    return new Trail(false, false, false, true, "");
  }

  /** Somebody votes, and is promised that it is kept. */
  Intent alsoSent(int number, int voter, String choice) {
    Intent intent = new Intent(number, Duration.ZERO, voter, LAW, choice, "key-" + number);
    sent.put(number, intent);
    voteIds.put(number, id(number));
    told.add(new Told(number, SENT, SENT + 20, 202, id(number)));
    casts.add(new Cast(id(number), LAW, IN_TIME, choice));
    return intent;
  }

  void removeCast(int number) {
    casts.removeIf(cast -> cast.voteId().equals(id(number)));
  }

  /** As if the first answer to that post had been another. */
  void answered(int number, long sentMillis, int status) {
    told.replaceAll(
        one ->
            one.number() == number
                ? new Told(
                    number, sentMillis, sentMillis + 20, status, status == 202 ? id(number) : "")
                : one);
  }

  Verdict judged() {
    ContestEnd end = new ContestEnd(END, box, tally, waiting, 0);
    return JudgeChaos.of(
        new Evidence(
            new Entries(sent, told),
            voteIds,
            participations,
            trail,
            casts,
            Map.of(LAW, end),
            cut,
            parked,
            poison,
            pending,
            counts,
            differences,
            outages,
            drainSeconds,
            secretPlaces));
  }
}
