package io.scrutin.bench;

import io.scrutin.event.EventType;

/** What carries votes on, as the trigger's durables are named. */
enum Stage {
  VERIFY("verify", EventType.VOTE_CAST),
  DEDUP("dedup", EventType.VOTE_VERIFIED),
  STORE("store", EventType.VOTE_ACCEPTED),
  AUDIT_CAST("audit-cast", EventType.VOTE_CAST),
  AUDIT_RECORDED("audit-recorded", EventType.VOTE_RECORDED);

  private final String durable;
  private final EventType reads;

  Stage(String durable, EventType reads) {
    this.durable = durable;
    this.reads = reads;
  }

  String durable() {
    return durable;
  }

  EventType reads() {
    return reads;
  }
}
