package io.scrutin.step;

import io.scrutin.event.Event;
import java.util.List;

/** How a function answered a batch. */
public sealed interface Reply {
  /** Answers to events of the batch, matched by their causation id; effects are committed. */
  record Answers(List<Event> events) implements Reply {
    public Answers {
      events = List.copyOf(events);
    }
  }

  /** A dependency is away (HTTP 503), or the function did not answer at all. */
  record Away(String reason) implements Reply {}

  /** Something in the batch breaks the function (HTTP 500). */
  record Broken(String reason) implements Reply {}
}
