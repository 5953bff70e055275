package io.scrutin.parked;

import io.scrutin.event.EventParked;
import io.scrutin.event.EventReplayed;
import io.scrutin.event.Fact;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.ReplayOrdered;
import io.scrutin.event.VoteId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of each parked event, by what its stream tells in its order. */
final class FollowParked {
  /** A message of the stream of parked events. */
  record Told(long sequence, Instant at, Fact fact) {}

  private FollowParked() {}

  /**
   * @param discarded as Postgres keeps them, in whole microseconds
   * @param outcomes of votes that have one
   */
  static List<ParkedEntry> of(
      List<Told> stream, Set<ParkedPlace> discarded, Map<VoteId, String> outcomes) {
    Map<ParkedPlace, ParkedEntry> entries = new LinkedHashMap<>();
    for (Told told : stream) {
      switch (told.fact()) {
        case EventParked parked ->
            entries.merge(
                parked.place(),
                new ParkedEntry(told.sequence(), told.at(), 1, bare(parked), Fate.OPEN, null),
                FollowParked::again);
        case ReplayOrdered ordered ->
            entries.computeIfPresent(ordered.place(), (_, known) -> in(known, Fate.ORDERED));
        case EventReplayed replayed ->
            entries.computeIfPresent(replayed.place(), (_, known) -> in(known, Fate.REPLAYED));
        case Fact _ -> {
          // Nothing else is said in this stream.
        }
      }
    }
    return entries.values().stream()
        .map(entry -> judged(entry, discarded.contains(inMicros(entry.place())), outcomes))
        .toList();
  }

  private static ParkedEntry again(ParkedEntry before, ParkedEntry now) {
    return new ParkedEntry(
        now.sequence(), now.parkedAt(), before.times() + 1, now.event(), now.fate(), null);
  }

  private static ParkedEntry in(ParkedEntry entry, Fate fate) {
    return new ParkedEntry(
        entry.sequence(), entry.parkedAt(), entry.times(), entry.event(), fate, entry.outcome());
  }

  private static ParkedEntry judged(
      ParkedEntry entry, boolean discarded, Map<VoteId, String> outcomes) {
    VoteId vote = entry.event().voteId();
    // What audit could not note is to be noted, whatever became of its vote.
    String outcome = vote == null || !entry.event().stopsTheVote() ? null : outcomes.get(vote);
    return new ParkedEntry(
        entry.sequence(),
        entry.parkedAt(),
        entry.times(),
        entry.event(),
        fate(entry.fate(), discarded, outcome),
        outcome);
  }

  private static Fate fate(Fate told, boolean discarded, @Nullable String outcome) {
    if (outcome != null) {
      return told == Fate.REPLAYED ? told : Fate.SETTLED;
    }
    // Also where a replay was under way: store records no vote that was given up.
    return discarded ? Fate.DISCARDED : told;
  }

  /** Thousands of them, each with up to 256 KiB, would not fit into a heap. */
  private static EventParked bare(EventParked parked) {
    return new EventParked(
        parked.binding(),
        parked.stream(),
        parked.sequence(),
        parked.subject(),
        parked.stampedAt(),
        parked.reason(),
        parked.voteId(),
        parked.lawId(),
        null);
  }

  static ParkedPlace inMicros(ParkedPlace place) {
    return new ParkedPlace(
        place.binding(),
        place.stream(),
        place.sequence(),
        place.stampedAt().truncatedTo(ChronoUnit.MICROS));
  }
}
