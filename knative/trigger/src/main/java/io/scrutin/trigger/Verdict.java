package io.scrutin.trigger;

import io.scrutin.event.Event;
import io.scrutin.event.StreamName;
import java.util.List;

/** What becomes of one event that a function was asked about. */
sealed interface Verdict {
  /** Answered for good: these follow, and may be none. */
  record Done(List<Event> follow) implements Verdict {
    public Done {
      follow = List.copyOf(follow);
    }

    /** An event that no stream keeps would wait for its PubAck for ever. */
    boolean isKept() {
      return follow.stream().allMatch(event -> event.fact().type().stream() != StreamName.NONE);
    }
  }

  /** The function asks to be asked again. */
  record Later(String reason) implements Verdict {}

  /** The function says that it will never work. */
  record Hopeless(String reason) implements Verdict {}

  /** The function broke on it, or gave no answer to it that makes sense. */
  record Failed(String reason) implements Verdict {}
}
