package io.scrutin.simulation;

import io.scrutin.event.Bytes;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventParked;
import io.scrutin.simulation.SimulatedStream.Stored;
import io.scrutin.simulation.Tables.AttemptRow;
import io.scrutin.simulation.Tables.TrailRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What audit wrote down, and what was parked. */
final class BookChecks {
  private final Tables tables;
  private final Ledger ledger;
  private final List<Stored> parked;
  private final List<Stored> casts;

  BookChecks(Tables tables, Ledger ledger, List<Stored> parked, List<Stored> casts) {
    this.tables = tables;
    this.ledger = ledger;
    this.parked = parked;
    this.casts = casts;
  }

  void all() {
    checkParked();
    checkAttempts();
    checkNumbers();
  }

  private EventParked read(Stored message) {
    try {
      if (new EventCodec().decode(message.data()).fact() instanceof EventParked fact) {
        return fact;
      }
    } catch (EventCodec.MalformedEvent malformed) {
      throw new Breach("parked", "what is parked cannot be read");
    }
    throw new Breach("parked", "something else is in the stream of what is parked");
  }

  /** Exactly the poison, by verify at least. */
  private void checkParked() {
    Set<Bytes> poison = new HashSet<>(ledger.poison());
    Set<Bytes> set = new HashSet<>();
    for (Stored message : parked) {
      EventParked fact = read(message);
      boolean breaking = fact.voteId() != null && ledger.breaks(fact.voteId());
      if (!breaking && (fact.message() == null || !poison.contains(fact.message()))) {
        throw new Breach("parked", fact.binding() + ": " + fact.reason());
      }
      if (fact.binding().equals("verify") && fact.message() != null) {
        set.add(fact.message());
      }
    }
    for (Stored cast : casts) {
      if (poison.contains(Bytes.of(cast.data())) && !set.contains(Bytes.of(cast.data()))) {
        throw new Breach("parked", "poison was not: " + cast.sequence());
      }
    }
  }

  /** From 2 on, without a gap, once a vote. */
  private void checkAttempts() {
    Map<String, List<Integer>> byVoter = new TreeMap<>();
    for (AttemptRow attempt : tables.attempts.committed().values()) {
      byVoter
          .computeIfAbsent(Tables.key(attempt.lawId(), attempt.tag()), _ -> new ArrayList<>())
          .add(attempt.attempt());
    }
    byVoter.forEach(
        (voter, numbers) -> {
          Set<Integer> distinct = new TreeSet<>(numbers);
          if (distinct.size() != numbers.size()
              || !distinct.contains(2)
              || last(distinct) != numbers.size() + 1) {
            throw new Breach("books", "attempts of " + voter + " are numbered " + numbers);
          }
        });
    Set<String> duplicated =
        tables.trail.committed().keySet().stream()
            .filter(key -> key.endsWith("|3"))
            .map(key -> key.substring(0, key.length() - 2))
            .collect(Collectors.toSet());
    if (!duplicated.equals(tables.attempts.committed().keySet())) {
      throw new Breach("books", "not every duplicate has a number, or one has that is none");
    }
  }

  private static int last(Set<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** What is counted follows from the trail. */
  private void checkNumbers() {
    Map<String, Long> expected = new TreeMap<>();
    for (TrailRow row : tables.trail.committed().values()) {
      expected.merge("turnout|" + row.lawId() + "|" + row.step(), 1L, Long::sum);
      if (row.step() == 4) {
        expected.merge("refusal|" + row.lawId() + "|" + row.detail(), 1L, Long::sum);
      }
    }
    Map<String, Long> counted = new TreeMap<>(tables.counts.committed());
    counted.keySet().removeIf(key -> key.startsWith("hour|"));
    if (!counted.equals(expected)) {
      throw new Breach("books", "counted are " + counted + ", the trail holds " + expected);
    }
  }
}
