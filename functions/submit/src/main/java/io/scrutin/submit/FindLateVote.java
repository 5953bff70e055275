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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After the end a vote is refused, unless it is the retry of one that came in time: that one gets
 * its outcome. While it cannot be told, the answer is "later", never "no".
 */
final class FindLateVote {
  private static final Logger LOG = LoggerFactory.getLogger(FindLateVote.class);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  /** Nobody who comes late is in a hurry, and who is in time needs the places meanwhile. */
  private static final Duration NOBODY_KNOWS = Duration.ofSeconds(10);

  private static final long A_WORD_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final PastVotes pastVotes;
  private final AskOutcome ask;
  private final Executor blocking;
  private final AtomicInteger untold = new AtomicInteger();
  private final AtomicLong nextWordNanos = new AtomicLong(System.nanoTime());

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
        .exceptionally(this::later);
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

  private Submitted later(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof BrokerRefused
        || cause instanceof IOException
        || cause instanceof JetStreamApiException) {
      warn(cause);
      return new Submitted.Unavailable(NOBODY_KNOWS);
    }
    throw new CompletionException(cause);
  }

  /** A broker that is away has thousands of them: one line a second is about all. */
  private void warn(Throwable cause) {
    untold.incrementAndGet();
    long due = nextWordNanos.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextWordNanos.compareAndSet(due, now + A_WORD_EVERY_NANOS)) {
      LOG.warn(
          "{} votes after the end could not be told from retries, the last: {}",
          untold.getAndSet(0),
          cause.getMessage());
    }
  }
}
