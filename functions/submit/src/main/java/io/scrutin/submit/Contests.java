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
  record Announced(Contest contest, Instant closesAt) {
    /** An end is never put off, so an event that is told again brings no later one back. */
    Announced closingAt(Instant moment) {
      return moment.isBefore(closesAt) ? new Announced(contest, moment) : this;
    }

    Announced endingFirst(Announced other) {
      return new Announced(other.contest, closesAt).closingAt(other.closesAt);
    }
  }

  Contests {
    byLaw = Collections.unmodifiableMap(new LinkedHashMap<>(byLaw));
  }

  Contests after(ContestFact fact) {
    Map<String, Announced> next = new LinkedHashMap<>(byLaw);
    switch (fact) {
      case ContestOpened opened -> {
        Announced announced = new Announced(opened.contest(), opened.contest().closesAt());
        next.merge(opened.lawId(), announced, Announced::endingFirst);
      }
      case ContestClosed closed ->
          next.computeIfPresent(
              closed.lawId(), (law, before) -> before.closingAt(closed.closesAt()));
    }
    return new Contests(next);
  }

  /**
   * What either knows. A stream that lost its end, or was purged, tells of fewer contests than it
   * did; none of those that were told of is unknown for that.
   */
  Contests and(Contests others) {
    Map<String, Announced> all = new LinkedHashMap<>(byLaw);
    others.byLaw.forEach((law, other) -> all.merge(law, other, Announced::endingFirst));
    return new Contests(all);
  }

  Optional<Announced> find(String lawId) {
    return Optional.ofNullable(byLaw.get(lawId));
  }

  Collection<Announced> all() {
    return byLaw.values();
  }
}
