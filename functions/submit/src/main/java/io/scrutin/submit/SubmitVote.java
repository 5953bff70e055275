package io.scrutin.submit;

import io.scrutin.credential.Nas;
import io.scrutin.submit.CastVote.Named;
import io.scrutin.web.StrictJson;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A vote's way from the request to the broker. Nothing on it blocks a thread. */
final class SubmitVote {
  /**
   * @param patience how long the answer may be held for the outcome
   */
  record Request(
      InetAddress client,
      @Nullable String idempotencyKey,
      Duration patience,
      @Nullable String traceparent) {}

  private static final Duration STILL_LOADING = Duration.ofSeconds(1);

  /** Each is a request, so this bounds memory. Past it, attempts are not held back at all. */
  private static final int MAX_HELD_BACK = 10_000;

  private final SubmitConfig config;
  private final Throttle throttle;
  private final ContestView contests;
  private final CastVote castVote;
  private final PublishVote publish;
  private final FindLateVote late;
  private final InstantSource time;
  private final Semaphore heldBack = new Semaphore(MAX_HELD_BACK);

  SubmitVote(
      SubmitConfig config,
      Throttle throttle,
      ContestView contests,
      CastVote castVote,
      PublishVote publish,
      FindLateVote late,
      InstantSource time) {
    this.config = config;
    this.throttle = throttle;
    this.contests = contests;
    this.castVote = castVote;
    this.publish = publish;
    this.late = late;
    this.time = time;
  }

  CompletableFuture<Submitted> submit(Request request, byte[] body) {
    Duration tooSoon = throttle.admit(request.client());
    if (!tooSoon.isZero()) {
      return now(new Submitted.TooMany(tooSoon));
    }
    if (body.length > CastVote.MAX_BODY_BYTES) {
      return now(new Submitted.TooLarge());
    }
    CompletableFuture<Contests> known = contests.whenLoaded();
    if (known.isDone()) {
      return judge(request, body, known.join());
    }
    // A sleeping submit was woken by this vote: it knows no contest yet, and says no to none.
    return known
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), config.loadTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .thenCompose(
            loaded ->
                loaded
                    .map(all -> judge(request, body, all))
                    .orElseGet(() -> now(new Submitted.Unavailable(STILL_LOADING))));
  }

  private CompletableFuture<Submitted> judge(Request request, byte[] body, Contests loaded) {
    Checked checked =
        CheckVote.check(
            StrictJson.read(body),
            request.idempotencyKey(),
            loaded,
            time.instant(),
            config.clockTolerance());
    return switch (checked) {
      case Checked.Valid valid ->
          heldBack(valid.ballot().nas(), () -> publish(valid.ballot(), request));
      case Checked.Opening opening -> whenOpen(opening, request);
      // While the stream is read anew, a law that it does not tell of may be one that it lost.
      case Checked.UnknownLaw _ when !contests.isCurrent() ->
          now(new Submitted.Unavailable(STILL_LOADING));
      case Checked.Over over when request.idempotencyKey() != null ->
          heldBack(over.ballot().nas(), () -> findLate(over, request));
      case Checked refused -> now(new Submitted.Refused(refused));
    };
  }

  private CompletableFuture<Submitted> publish(Ballot ballot, Request request) {
    Named vote = castVote.name(ballot, request.idempotencyKey());
    return publish.publish(
        vote.voteId(), () -> castVote.cast(vote, request.traceparent()), request.patience());
  }

  /** Held for moments; those who are too many for that come back by themselves. */
  private CompletableFuture<Submitted> whenOpen(Checked.Opening opening, Request request) {
    return heldBack.tryAcquire()
        ? after(opening.remaining(), () -> publish(opening.ballot(), request))
        : now(new Submitted.Unavailable(opening.remaining().plus(STILL_LOADING)));
  }

  private CompletableFuture<Submitted> findLate(Checked.Over over, Request request) {
    Named vote = castVote.name(over.ballot(), request.idempotencyKey());
    return late.find(vote.voteId(), over);
  }

  private CompletableFuture<Submitted> heldBack(
      Nas nas, Supplier<CompletableFuture<Submitted>> attempt) {
    Duration delay = throttle.holdBack(nas);
    if (delay.isZero() || !heldBack.tryAcquire()) {
      return attempt.get();
    }
    return after(delay, attempt);
  }

  /** One of those that are held back, who leaves them then. */
  private CompletableFuture<Submitted> after(
      Duration delay, Supplier<CompletableFuture<Submitted>> attempt) {
    return CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS))
        .whenComplete((_, _) -> heldBack.release())
        .thenCompose(_ -> attempt.get());
  }

  private static CompletableFuture<Submitted> now(Submitted submitted) {
    return CompletableFuture.completedFuture(submitted);
  }
}
