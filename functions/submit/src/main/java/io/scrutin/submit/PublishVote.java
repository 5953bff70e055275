package io.scrutin.submit;

import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.Event;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Gives a cast to the broker, and answers only once the broker says that it has it. */
final class PublishVote {
  private static final Duration BROKER_AWAY = Duration.ofSeconds(5);

  /** Somebody has to make room first. */
  private static final Duration STREAM_FULL = Duration.ofSeconds(30);

  private final EventPublisher publisher;
  private final AwaitOutcome outcomes;
  private final SubmitMetrics metrics;

  PublishVote(EventPublisher publisher, AwaitOutcome outcomes, SubmitMetrics metrics) {
    this.publisher = publisher;
    this.outcomes = outcomes;
    this.metrics = metrics;
  }

  CompletableFuture<Submitted> publish(VoteId voteId, Supplier<Event> cast, Duration patience) {
    long started = System.nanoTime();
    Event event = cast.get();
    // Before it is published: its outcome may be announced before the PubAck is read.
    Optional<AwaitOutcome.Waiting> waiting =
        patience.isZero() ? Optional.empty() : outcomes.expect(voteId);
    return publisher
        .publish(event)
        .thenCompose(
            _ -> {
              metrics.submitted(System.nanoTime() - started);
              return waiting
                  .map(held -> held.within(patience))
                  .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
            })
        .thenApply(outcome -> submitted(voteId, outcome))
        .exceptionally(
            failure -> {
              waiting.ifPresent(AwaitOutcome.Waiting::cancel);
              return refused(failure);
            });
  }

  private static Submitted submitted(VoteId voteId, Optional<Outcome> outcome) {
    return outcome
        .<Submitted>map(known -> new Submitted.Known(voteId, known))
        .orElseGet(() -> new Submitted.Received(voteId));
  }

  private Submitted refused(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof BrokerRefused refused) {
      metrics.refused(refused.why());
      return new Submitted.Unavailable(
          switch (refused.why()) {
            case AWAY -> BROKER_AWAY;
            case FULL -> STREAM_FULL;
          });
    }
    throw new CompletionException(cause);
  }
}
