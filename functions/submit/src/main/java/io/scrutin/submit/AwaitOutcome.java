package io.scrutin.submit;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.scrutin.event.Outcome;
import io.scrutin.event.Outcome.Status;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Holds an answer until its vote's outcome is known or time is up. It listens, and now and then
 * asks: the outcome of a retried vote was announced long ago, and will not be again.
 */
final class AwaitOutcome implements GracefulShutdownCapable {
  private static final Duration FIRST_QUESTION = Duration.ofMillis(1500);
  private static final Duration NEXT_QUESTION = Duration.ofSeconds(4);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /**
   * Audit numbers a duplicate from the same event that was just heard, so it may be a bit later.
   */
  private static final Duration NUMBERING = Duration.ofSeconds(2);

  private static final Duration NUMBERING_PAUSE = Duration.ofMillis(100);

  private final OutcomeFeed feed;
  private final AskOutcome ask;
  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

  AwaitOutcome(OutcomeFeed feed, AskOutcome ask) {
    this.feed = feed;
    this.ask = ask;
  }

  /** One held answer. */
  final class Waiting {
    private final VoteId voteId;
    private final CompletableFuture<Outcome> heard;
    private final CompletableFuture<Optional<Outcome>> result = new CompletableFuture<>();

    private Waiting(VoteId voteId, CompletableFuture<Outcome> heard) {
      this.voteId = voteId;
      this.heard = heard;
      all.add(this);
      var _ = heard.thenAccept(this::settle);
      var _ = result.whenComplete((_, _) -> end());
    }

    /** Empty when the time is up first. */
    CompletableFuture<Optional<Outcome>> within(Duration time) {
      askLater(FIRST_QUESTION);
      return result.completeOnTimeout(Optional.empty(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    void cancel() {
      result.complete(Optional.empty());
    }

    private void end() {
      all.remove(this);
      feed.leave(voteId, heard);
    }

    private void settle(Outcome outcome) {
      if (outcome.status() == Status.DUPLICATE && outcome.attemptCount() == null) {
        number(outcome, System.nanoTime() + NUMBERING.toNanos());
      } else {
        result.complete(Optional.of(outcome));
      }
    }

    private void number(Outcome duplicate, long untilNanos) {
      var _ =
          ask.ask(voteId, ANSWER)
              .whenComplete(
                  (told, _) -> {
                    Outcome outcome = told == null ? null : told.outcome();
                    if (outcome != null && outcome.attemptCount() != null) {
                      result.complete(Optional.of(outcome));
                    } else if (System.nanoTime() - untilNanos > 0) {
                      result.complete(Optional.of(duplicate));
                    } else if (!result.isDone()) {
                      after(NUMBERING_PAUSE, () -> number(duplicate, untilNanos));
                    }
                  });
    }

    private void askLater(Duration pause) {
      after(
          pause,
          () -> {
            if (!result.isDone() && !heard.isDone()) {
              var _ = ask.ask(voteId, ANSWER).thenAccept(this::told);
              askLater(NEXT_QUESTION);
            }
          });
    }

    private void told(OutcomeTold told) {
      Outcome outcome = told.outcome();
      if (outcome != null && outcome.status() != Status.RECEIVED) {
        settle(outcome);
      }
    }
  }

  /** To be called before the vote is published; empty when too many wait already. */
  Optional<Waiting> expect(VoteId voteId) {
    return feed.expect(voteId).map(heard -> new Waiting(voteId, heard));
  }

  private static void after(Duration pause, Runnable task) {
    CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS).execute(task);
  }

  /** Their votes are safe: they get the 202 that they would get when the time is up. */
  @Override
  public CompletionStage<?> shutdownGracefully() {
    all.forEach(Waiting::cancel);
    return CompletableFuture.completedFuture(null);
  }
}
