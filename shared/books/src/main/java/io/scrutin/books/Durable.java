package io.scrutin.books;

import io.scrutin.event.EventType;

/**
 * What carries votes from step to step, in the order of their way. Read in this order, a vote that
 * moves on meanwhile is met again further down and never missed: each step publishes before it
 * acks.
 */
enum Durable {
  VERIFY("verify", EventType.VOTE_CAST),
  DEDUP("dedup", EventType.VOTE_VERIFIED),
  STORE("store", EventType.VOTE_ACCEPTED),
  AUDIT_RECORDED("audit-recorded", EventType.VOTE_RECORDED),
  AUDIT_REJECTED("audit-rejected", EventType.VOTE_REJECTED),
  AUDIT_DUPLICATED("audit-duplicated", EventType.VOTE_DUPLICATED),
  /** Beside the way: what it has not acked yet need not be in the trail yet. */
  AUDIT_CAST("audit-cast", EventType.VOTE_CAST),
  AUDIT_PARKED("audit-parked", EventType.EVENT_PARKED);

  private final String binding;
  private final EventType type;

  Durable(String binding, EventType type) {
    this.binding = binding;
    this.type = type;
  }

  /** As the trigger's binding is named, and after it the durable. */
  String binding() {
    return binding;
  }

  EventType type() {
    return type;
  }

  /** Whether a vote without an outcome is accounted for by an unacked message here. */
  boolean carriesVotes() {
    return switch (this) {
      case VERIFY, DEDUP, STORE, AUDIT_RECORDED, AUDIT_REJECTED, AUDIT_DUPLICATED -> true;
      case AUDIT_CAST, AUDIT_PARKED -> false;
    };
  }
}
