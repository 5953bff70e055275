package io.scrutin.submit;

import io.scrutin.event.Contest;
import io.scrutin.event.ContestClosed;
import io.scrutin.event.ContestFact;
import io.scrutin.event.ContestOpened;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The contests that the broker's stream tells of, as they stand after its latest event. */
record Contests(Map<String, Announced> byLaw) {
  static final Contests NONE = new Contests(Map.of());

  /**
   * @param closesAt the contest's own, or an earlier one that a closing set
   */
  record Announced(Contest contest, Instant closesAt) {}

  Contests {
    byLaw = Collections.unmodifiableMap(new LinkedHashMap<>(byLaw));
  }

  Contests after(ContestFact fact) {
    Map<String, Announced> next = new LinkedHashMap<>(byLaw);
    switch (fact) {
      case ContestOpened opened ->
          next.put(opened.lawId(), new Announced(opened.contest(), opened.contest().closesAt()));
      case ContestClosed closed ->
          next.computeIfPresent(
              closed.lawId(), (law, before) -> new Announced(before.contest(), closed.closesAt()));
    }
    return new Contests(next);
  }

  Optional<Announced> find(String lawId) {
    return Optional.ofNullable(byLaw.get(lawId));
  }

  Collection<Announced> all() {
    return byLaw.values();
  }
}
