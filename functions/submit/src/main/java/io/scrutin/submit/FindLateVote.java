package io.scrutin.submit;

import io.nats.client.JetStreamApiException;
import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.Outcome;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After the end a vote is refused, unless it is the retry of one that came in time: that one gets
 * its outcome. While it cannot be told, the answer is "later", never "no".
 */
final class FindLateVote {
  private static final Logger LOG = LoggerFactory.getLogger(FindLateVote.class);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration NOBODY_KNOWS = Duration.ofSeconds(5);

  private final PastVotes pastVotes;
  private final AskOutcome ask;
  private final Executor blocking;

  FindLateVote(PastVotes pastVotes, AskOutcome ask, Executor blocking) {
    this.pastVotes = pastVotes;
    this.ask = ask;
    this.blocking = blocking;
  }

  CompletableFuture<Submitted> find(VoteId voteId, Checked.Over over) {
    // In this order: a vote that is read between the two questions is then found by the second.
    return CompletableFuture.supplyAsync(() -> areAllRead(over.closedAt()), blocking)
        .thenCompose(
            allRead ->
                ask.ask(voteId, ANSWER).thenApply(told -> submitted(voteId, told, over, allRead)))
        .exceptionally(FindLateVote::later);
  }

  private static Submitted submitted(
      VoteId voteId, OutcomeTold told, Checked.Over over, boolean allRead) {
    Outcome outcome = told.outcome();
    if (outcome != null) {
      return new Submitted.Known(voteId, outcome);
    }
    return allRead ? new Submitted.Refused(over) : new Submitted.Unavailable(NOBODY_KNOWS);
  }

  private boolean areAllRead(Instant end) {
    try {
      return pastVotes.areAllRead(end);
    } catch (IOException | JetStreamApiException away) {
      throw new CompletionException(away);
    }
  }

  private static Submitted later(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BrokerRefused
        || cause instanceof IOException
        || cause instanceof JetStreamApiException) {
      LOG.warn("a vote after the end cannot be told from a retry: {}", cause.getMessage());
      return new Submitted.Unavailable(NOBODY_KNOWS);
    }
    throw new CompletionException(cause);
  }
}
