package io.scrutin.step;

import io.scrutin.event.Fact;
import java.util.List;

/** What a step says to one event. */
public sealed interface Answer {
  /** These facts follow. Nearly always one; a wake may have one for each contest it served. */
  record Emit(List<Fact> facts) implements Answer {
    public Emit {
      facts = List.copyOf(facts);
      if (facts.isEmpty()) {
        throw new IllegalArgumentException("nothing follows: answer Nothing");
      }
    }
  }

  /** Done, and nothing follows. */
  record Nothing() implements Answer {}

  /** Not yet: ask again, without counting it against the event. */
  record Retry(String reason) implements Answer {}

  /** It will never work: keep the event for a person. */
  record Park(String reason) implements Answer {}

  static Answer emit(Fact fact) {
    return new Emit(List.of(fact));
  }

  static Answer nothing() {
    return new Nothing();
  }
}
