package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.VotingClient.Posted;
import io.scrutin.testing.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Voters who arrive at a fixed rate whatever the system does, and a ledger of what each sent and
 * was told. A voter's key is their index, so that a retry is the same vote.
 */
final class Crowd {
  static final int RECORDED = 2;
  static final int REJECTED = 4;

  /** Above this an arrival is counted as late rather than sent: the test is bounded, too. */
  private static final int MOST_IN_FLIGHT = 4_000;

  private final VotingClient client;
  private final List<Credential> voters;
  private final String run;
  private final Map<Integer, String> requestIds = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> refusedWith = new ConcurrentHashMap<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();

  Crowd(VotingClient client, List<Credential> voters, String run) {
    this.client = client;
    this.voters = voters;
    this.run = run;
  }

  static String choice(int voter) {
    return voter % 3 == 0 ? "non" : "oui";
  }

  /** Sends one first vote for each arrival; returns when all are answered or given up. */
  void arrive(int votesPerSecond, Duration duration) {
    long start = System.nanoTime();
    int arrivals = (int) (votesPerSecond * duration.toMillis() / 1000);
    Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    for (int i = 0; i < arrivals; i++) {
      long due = start + i * 1_000_000_000L / votesPerSecond;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      inFlight.acquireUninterruptibly();
      send(next.getAndIncrement()).whenComplete((_, _) -> inFlight.release());
    }
    inFlight.acquireUninterruptibly(MOST_IN_FLIGHT);
  }

  CompletableFuture<Integer> send(int voter) {
    return client
        .vote(voters.get(voter), choice(voter), run + "-" + voter)
        .handle(
            (posted, failure) -> {
              note(voter, posted, failure);
              return voter;
            });
  }

  private void note(
      int voter,
      @org.jspecify.annotations.Nullable Posted posted,
      @org.jspecify.annotations.Nullable Throwable failure) {
    if (failure != null || posted == null) {
      unanswered.incrementAndGet();
    } else if (posted.status() == 202) {
      requestIds.put(voter, posted.requestId().orElseThrow());
    } else {
      refusedWith.put(voter, posted.status());
    }
  }

  /** Each vote that was answered 202 is recorded, and counted as it was cast. */
  void isCountedAsCast(Books books, Duration patience) throws SQLException {
    Map<Integer, String> accepted = accepted();
    Set<String> ids = new HashSet<>(accepted.values());
    Await.until(
        patience,
        () ->
            books.withOutcome(ids, RECORDED) == ids.size()
                && books.envelopes() == 0
                && books.ballots() == books.participations(),
        "all " + ids.size() + " accepted votes are recorded and counted");
    assertThat(books.withOutcome(ids, REJECTED)).isZero();
    Map<String, Long> cast = new TreeMap<>();
    accepted.keySet().forEach(voter -> cast.merge(choice(voter), 1L, Long::sum));
    assertThat(books.tally()).isEqualTo(cast).isEqualTo(books.recount());
  }

  /** How many have arrived. */
  int size() {
    return next.get();
  }

  @Override
  public String toString() {
    Map<Integer, Long> statuses =
        refusedWith.values().stream()
            .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    return size() + " arrived, refused " + statuses + ", " + unanswered() + " without an answer";
  }

  int unanswered() {
    return unanswered.get();
  }

  /** Voters who were told 202, with what they were told. */
  Map<Integer, String> accepted() {
    return Map.copyOf(requestIds);
  }

  Map<Integer, Integer> refused() {
    return Map.copyOf(refusedWith);
  }
}
