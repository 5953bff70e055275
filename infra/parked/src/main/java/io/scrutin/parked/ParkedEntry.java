package io.scrutin.parked;

import io.scrutin.event.EventParked;
import io.scrutin.event.ParkedPlace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A parked event, and what became of it.
 *
 * @param sequence where it was parked last, in the stream of parked events
 * @param times how often it was parked
 * @param event as it was parked last, without the message
 * @param outcome of its vote, if there is one by now
 */
record ParkedEntry(
    long sequence,
    Instant parkedAt,
    int times,
    EventParked event,
    Fate fate,
    @Nullable String outcome) {

  ParkedPlace place() {
    return event.place();
  }

  /** For people. */
  String became() {
    return outcome == null ? fate.code() : fate.code() + ": " + outcome;
  }
}
