package io.scrutin.submit;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.scrutin.event.Outcome;
import io.scrutin.event.Outcome.Status;
import io.scrutin.event.OutcomeTold;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRejected;
import io.scrutin.submit.OutcomeFeed.Expected;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Holds an answer until its vote's outcome is known or time is up. It listens, and now and then
 * asks: the outcome of a retried vote was announced long ago, and will not be again.
 */
final class AwaitOutcome implements GracefulShutdownCapable {
  private static final Duration FIRST_QUESTION = Duration.ofMillis(1500);
  private static final Duration NEXT_QUESTION = Duration.ofSeconds(4);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** Audit reads the same event that was just heard, so it may know of it a bit later. */
  private static final Duration CONFIRMATION = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final String TOO_LATE =
      VoteRejected.Reason.TOO_LATE.name().toLowerCase(Locale.ROOT);

  private final OutcomeFeed feed;
  private final AskOutcome ask;
  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

  AwaitOutcome(OutcomeFeed feed, AskOutcome ask) {
    this.feed = feed;
    this.ask = ask;
  }

  /** One held answer. */
  final class Waiting {
    private final Expected expected;
    private final CompletableFuture<Optional<Outcome>> result = new CompletableFuture<>();

    private Waiting(Expected expected) {
      this.expected = expected;
      all.add(this);
      var _ = expected.outcome().thenAccept(this::settle);
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
      feed.leave(expected);
    }

    private void settle(Outcome outcome) {
      if (outcome.status() == Status.DUPLICATE && outcome.attemptCount() == null) {
        confirm(told -> told.attemptCount() != null, Optional.of(outcome), CONFIRMATION.toNanos());
      } else if (TOO_LATE.equals(outcome.reason())) {
        // Of a vote that was recorded in time, a retry may be stamped late and be rejected; the
        // vote stays recorded, and "too late" would be a wrong no.
        confirm(told -> told.status() != Status.RECEIVED, Optional.empty(), CONFIRMATION.toNanos());
      } else {
        result.complete(Optional.of(outcome));
      }
    }

    /** Asks audit until it tells enough, and after a while answers without it. */
    private void confirm(
        Predicate<Outcome> isEnough, Optional<Outcome> otherwise, long patienceNanos) {
      long asked = System.nanoTime();
      var _ =
          ask.ask(expected.voteId(), ANSWER)
              .whenComplete(
                  (told, _) -> {
                    Outcome outcome = told == null ? null : told.outcome();
                    long left = patienceNanos - PAUSE.toNanos() - (System.nanoTime() - asked);
                    if (outcome != null && isEnough.test(outcome)) {
                      result.complete(Optional.of(outcome));
                    } else if (left < 0) {
                      result.complete(otherwise);
                    } else if (!result.isDone()) {
                      after(PAUSE, () -> confirm(isEnough, otherwise, left));
                    }
                  });
    }

    private void askLater(Duration pause) {
      after(
          pause,
          () -> {
            if (!result.isDone() && !expected.outcome().isDone()) {
              var _ = ask.ask(expected.voteId(), ANSWER).thenAccept(this::told);
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
    return feed.expect(voteId).map(Waiting::new);
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
