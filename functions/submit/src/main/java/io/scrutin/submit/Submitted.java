package io.scrutin.submit;

import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import java.time.Duration;

/** How a request to vote ended. */
sealed interface Submitted {
  /** The broker keeps the vote; what becomes of it is not known yet. */
  record Received(VoteId voteId) implements Submitted {}

  /** What became of the vote is known. */
  record Known(VoteId voteId, Outcome outcome) implements Submitted {}

  /** Not in form or not in time. */
  record Refused(Checked why) implements Submitted {}

  record TooLarge() implements Submitted {}

  record TooMany(Duration retryAfter) implements Submitted {}

  /** Cannot be kept, or cannot be judged, at the moment. */
  record Unavailable(Duration retryAfter) implements Submitted {}
}
