package io.scrutin.chaos;

import io.scrutin.event.EventType;
import java.util.Set;

/**
 * What nobody of ours sends, and which bindings must give it up.
 *
 * <p>A cast is read by verify and by audit; one that can be read and is not of submit is given up
 * by verify alone, since audit only notes that it came.
 */
enum Poison {
  TRUNCATED_CAST(EventType.VOTE_CAST, "a truncated cast", Set.of("verify", "audit-cast")),
  TRUNCATED_ACCEPTED(EventType.VOTE_ACCEPTED, "a truncated event", Set.of("store")),
  OVERSIZED(EventType.VOTE_CAST, "a cast of 600 kB", Set.of("verify", "audit-cast")),
  WRONG_VERSION(EventType.VOTE_CAST, "a cast of version 2", Set.of("verify", "audit-cast")),
  UNKNOWN_KEY(EventType.VOTE_CAST, "a cast under a key that nobody has", Set.of("verify")),
  FORGED_MAC(EventType.VOTE_CAST, "a cast with a forged MAC", Set.of("verify"));

  private final EventType type;
  private final String says;
  private final Set<String> givenUpBy;

  Poison(EventType type, String says, Set<String> givenUpBy) {
    this.type = type;
    this.says = says;
    this.givenUpBy = givenUpBy;
  }

  EventType type() {
    return type;
  }

  String says() {
    return says;
  }

  /** Bindings. */
  Set<String> givenUpBy() {
    return givenUpBy;
  }
}
