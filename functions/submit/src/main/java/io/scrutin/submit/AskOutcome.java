package io.scrutin.submit;

import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.BrokerRefused.Why;
import io.scrutin.broker.Requests;
import io.scrutin.event.Event;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Asks audit what became of a vote. */
final class AskOutcome {
  /** More at once would only queue in audit, and the voters can ask for themselves. */
  private static final int MAX_AT_ONCE = 256;

  private final Requests requests;
  private final Clock clock;
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);

  AskOutcome(Requests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
  }

  /** Fails with {@link BrokerRefused} when nobody can tell at the moment. */
  CompletableFuture<OutcomeTold> ask(VoteId voteId, Duration within) {
    if (!free.tryAcquire()) {
      return CompletableFuture.failedFuture(new BrokerRefused(Why.AWAY, "too many ask already"));
    }
    Event question = Event.first(new OutcomeAsked(voteId), CastVote.SOURCE, clock.instant(), null);
    return requests
        .ask(question, within)
        .whenComplete((_, _) -> free.release())
        .thenApply(answer -> told(voteId, answer));
  }

  private static OutcomeTold told(VoteId voteId, Event answer) {
    if (answer.fact() instanceof OutcomeTold told && told.voteId().equals(voteId)) {
      return told;
    }
    throw new BrokerRefused(Why.AWAY, "the answer tells something else");
  }
}
