package io.scrutin.audit;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How many votes of a contest came to each stage, and when the last one did. */
record Stages(Map<Stage, Seen> seen) {
  /**
   * @param lastAt absent where nothing was counted, or before it was kept
   */
  record Seen(long count, @Nullable Instant lastAt) {}

  Stages {
    Map<Stage, Seen> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      all.put(stage, seen.getOrDefault(stage, new Seen(0, null)));
    }
    seen = Map.copyOf(all);
  }

  Seen of(Stage stage) {
    Seen found = seen.get(stage);
    if (found == null) {
      throw new IllegalStateException("constructed for every stage");
    }
    return found;
  }

  long count(Stage stage) {
    return of(stage).count();
  }

  /**
   * Casts without an outcome, by what was counted. A vote that came to two ends (its retry was
   * refused, or it was replayed from where it was parked) hides one, until all is looked through.
   */
  long waiting() {
    long ended = 0;
    for (Stage stage : Stage.values()) {
      ended += stage == Stage.CAST ? 0 : count(stage);
    }
    return Math.max(0, count(Stage.CAST) - ended);
  }

  /** When anything last came to an end. */
  Optional<Instant> lastOutcomeAt() {
    return seen.entrySet().stream()
        .filter(entry -> entry.getKey() != Stage.CAST)
        .flatMap(entry -> Stream.ofNullable(entry.getValue().lastAt()))
        .max(Instant::compareTo);
  }
}
