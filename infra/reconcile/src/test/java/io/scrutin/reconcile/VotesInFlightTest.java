package io.scrutin.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Message;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteFact;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteVerified;
import io.scrutin.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Votes move through the whole chain, publish before ack, while their books are compared. */
final class VotesInFlightTest {
  private static final int COMPARISONS = 6;
  private static final int VOTERS = 2_000;

  @TempDir Path dir;
  private final EventCodec codec = new EventCodec();
  private final AtomicBoolean noMoreCasts = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();

  /** What a step does with one event, before it is acked. */
  private interface Step {
    void take(VoteFact fact) throws Exception;
  }

  @Test
  void neverReportsADifferenceThatIsNone() throws Exception {
    try (Election election =
            new Election(dir, Visibility.LIVE, Instant.now().plusSeconds(3600), VOTERS);
        ExecutorService chain = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger cast = new AtomicInteger();
      List<Future<?>> working = new ArrayList<>();
      working.add(chain.submit(() -> castUntilOver(election, cast)));
      working.add(
          chain.submit(() -> run(election, "verify", vote -> publish(election, verified(vote)))));
      working.add(
          chain.submit(() -> run(election, "dedup", vote -> publish(election, accepted(vote)))));
      working.add(chain.submit(() -> run(election, "store", vote -> record(election, vote))));
      working.add(
          chain.submit(
              () ->
                  run(
                      election,
                      "audit-cast",
                      vote -> election.tables.note(vote.voteId(), 1, null))));
      working.add(
          chain.submit(
              () ->
                  run(
                      election,
                      "audit-recorded",
                      vote -> election.tables.note(vote.voteId(), 2, null))));
      int pending = 0;
      for (int i = 0; i < COMPARISONS; i++) {
        Reconciled reconciled = Reconciled.run(election.environment());
        assertThat(reconciled.text()).contains("The books balance.");
        assertThat(reconciled.code()).isZero();
        pending += reconciled.text().contains(" 0 pending") ? 0 : 1;
      }
      noMoreCasts.set(true);
      Await.until(
          Duration.ofSeconds(90),
          () -> Reconciled.run(election.environment()).text().contains(settled(cast.get())),
          "every vote is recorded");
      over.set(true);
      for (Future<?> worker : working) {
        worker.get();
      }
      assertThat(pending).as("comparisons that met votes in flight").isPositive();
    }
  }

  private static String settled(int cast) {
    return "%,d cast: %,d recorded, 0 duplicate, 0 rejected, 0 pending, 0 parked, 0 lost"
        .formatted(cast, cast);
  }

  private Void castUntilOver(Election election, AtomicInteger cast) throws Exception {
    while (!noMoreCasts.get() && cast.get() < VOTERS) {
      int voter = cast.getAndIncrement();
      publish(election, Samples.castOf(voter, Samples.vote(voter)));
    }
    return null;
  }

  /** Acks what it took after its effect. */
  private Void run(Election election, String durable, Step step) throws Exception {
    while (!over.get()) {
      List<Message> batch = election.streams.fetchSome(durable);
      for (Message message : batch) {
        step.take((VoteFact) codec.decode(message.getData()).fact());
        message.ack();
      }
    }
    return null;
  }

  private static void publish(Election election, Fact fact) throws Exception {
    election.streams.publish(fact);
  }

  private static VoteVerified verified(VoteFact vote) {
    VoteCast cast = (VoteCast) vote;
    return new VoteVerified(cast.voteId(), cast.lawId(), cast.tag(), cast.sealed());
  }

  private static VoteAccepted accepted(VoteFact vote) {
    VoteVerified verified = (VoteVerified) vote;
    return new VoteAccepted(verified.voteId(), verified.lawId(), verified.tag(), verified.sealed());
  }

  private static void record(Election election, VoteFact vote) throws Exception {
    VoteAccepted accepted = (VoteAccepted) vote;
    election.tables.store(accepted.tag(), accepted.voteId());
    election.streams.publish(new VoteRecorded(accepted.voteId(), accepted.lawId()));
  }
}
