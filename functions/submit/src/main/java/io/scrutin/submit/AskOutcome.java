package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.Message;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventType;
import io.scrutin.event.OutcomeAsked;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Asks audit what became of a vote, over request/reply, which wakes it when it sleeps. */
final class AskOutcome {
  /** Nobody knows at the moment; says nothing about the vote. */
  static final class NobodyAnswers extends Exception {
    private static final long serialVersionUID = 1L;

    NobodyAnswers(String why) {
      super(why);
    }
  }

  /** More at once would only queue in audit, and the voters can ask for themselves. */
  private static final int MAX_AT_ONCE = 256;

  private final Connection connection;
  private final String subject;
  private final EventCodec codec;
  private final Clock clock;
  private final Semaphore free = new Semaphore(MAX_AT_ONCE);

  AskOutcome(Connection connection, String environment, EventCodec codec, Clock clock) {
    this.connection = connection;
    this.subject = EventType.OUTCOME_ASKED.subject(environment);
    this.codec = codec;
    this.clock = clock;
  }

  /** Fails with {@link NobodyAnswers} when there is no answer within the time. */
  CompletableFuture<OutcomeTold> ask(VoteId voteId, Duration within) {
    if (connection.getStatus() != Connection.Status.CONNECTED || !free.tryAcquire()) {
      return CompletableFuture.failedFuture(new NobodyAnswers("no connection or too many ask"));
    }
    Event question =
        Event.first(new OutcomeAsked(voteId), CastVote.SOURCE, clock.instant(), null);
    CompletableFuture<OutcomeTold> told = new CompletableFuture<>();
    connection
        .requestWithTimeout(subject, codec.encode(question), within)
        .whenComplete((reply, failure) -> tell(voteId, reply, failure, told));
    return told.whenComplete((_, _) -> free.release());
  }

  private void tell(
      VoteId voteId,
      @Nullable Message reply,
      @Nullable Throwable failure,
      CompletableFuture<OutcomeTold> told) {
    if (reply == null || reply.isStatusMessage()) {
      told.completeExceptionally(
          new NobodyAnswers(failure == null ? "no responder" : failure.getClass().getSimpleName()));
      return;
    }
    try {
      if (codec.decode(reply.getData()).fact() instanceof OutcomeTold answer
          && answer.voteId().equals(voteId)) {
        told.complete(answer);
      } else {
        told.completeExceptionally(new NobodyAnswers("the reply tells something else"));
      }
    } catch (MalformedEvent malformed) {
      told.completeExceptionally(new NobodyAnswers("the reply cannot be read"));
    }
  }
}
