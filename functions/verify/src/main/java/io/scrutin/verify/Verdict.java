package io.scrutin.verify;

import io.scrutin.event.VoteRejected.Reason;

/** What verify finds. */
sealed interface Verdict {
  record Verified() implements Verdict {}

  /** True for good. */
  record Rejected(Reason reason) implements Verdict {}

  /** Something is not known yet that a refusal would need. */
  record NotYet(String reason) implements Verdict {}

  /** The contest has a roll that cannot be its own: later, once an officer has seen to it. */
  record WrongRoll(String reason) implements Verdict {}

  /** It did not come the way votes come: nothing may be said about its vote id. */
  record Suspect(String reason) implements Verdict {}
}
