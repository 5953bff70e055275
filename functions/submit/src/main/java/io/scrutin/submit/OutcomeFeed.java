package io.scrutin.submit;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.scrutin.broker.BrokerLink;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventCodec.MalformedEvent;
import io.scrutin.event.EventParked;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.Outcome;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hears the outcomes of votes as they are announced, but only while somebody waits for one. A plain
 * subscription, so it may miss one: who waits must also ask, or give up.
 */
final class OutcomeFeed {
  /** An outcome that somebody waits for; two of one vote are two. */
  static final class Expected {
    private final VoteId voteId;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private Expected(VoteId voteId) {
      this.voteId = voteId;
    }

    VoteId voteId() {
      return voteId;
    }

    CompletableFuture<Outcome> outcome() {
      return outcome;
    }
  }

  private record Subscription(Connection connection, Dispatcher dispatcher) {}

  private static final List<EventType> OUTCOMES =
      List.of(
          EventType.VOTE_RECORDED,
          EventType.VOTE_REJECTED,
          EventType.VOTE_DUPLICATED,
          EventType.EVENT_PARKED);

  /** A request each, so this bounds memory; who comes later is answered without waiting. */
  private static final int MAX_WAITING = 10_000;

  /** Subscribing anew for each of a stream of votes would double their traffic. */
  static final Duration LINGER = Duration.ofSeconds(5);

  /** What is parked later than here concerns who reads the outcome, not the vote. */
  private static final List<EventType> BEFORE_THE_OUTCOME =
      List.of(EventType.VOTE_CAST, EventType.VOTE_VERIFIED, EventType.VOTE_ACCEPTED);

  private final BrokerLink broker;
  private final EventCodec codec;
  private final Duration linger;
  private final List<String> subjects;
  private final List<String> subjectsBefore;
  private final Map<VoteId, Set<Expected>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Object subscribing = new Object();
  private @Nullable Subscription subscription;
  private volatile long lastWaitedNanos;

  /**
   * @param linger how long it goes on listening after the last who waited
   */
  OutcomeFeed(BrokerLink broker, String environment, EventCodec codec, Duration linger) {
    this.broker = broker;
    this.codec = codec;
    this.linger = linger;
    this.subjects = OUTCOMES.stream().map(type -> type.subject(environment)).toList();
    this.subjectsBefore =
        BEFORE_THE_OUTCOME.stream().map(type -> type.subject(environment)).toList();
  }

  /**
   * Begins to listen, in time for whatever is published on this connection from now on.
   *
   * @return empty when too many wait already, or there is no broker to hear
   */
  Optional<Expected> expect(VoteId voteId) {
    Optional<Connection> connection = broker.connection();
    if (connection.isEmpty()) {
      return Optional.empty();
    }
    if (waitingCount.incrementAndGet() > MAX_WAITING) {
      waitingCount.decrementAndGet();
      return Optional.empty();
    }
    Expected expected = new Expected(voteId);
    waiting.compute(
        voteId,
        (_, known) -> {
          Set<Expected> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(expected);
          return all;
        });
    lastWaitedNanos = System.nanoTime();
    subscribe(connection.get());
    return Optional.of(expected);
  }

  /** To be called for every outcome that was expected, come or not. */
  void leave(Expected expected) {
    waiting.computeIfPresent(
        expected.voteId(),
        (_, all) -> {
          all.remove(expected);
          return all.isEmpty() ? null : all;
        });
    waitingCount.decrementAndGet();
    lastWaitedNanos = System.nanoTime();
  }

  boolean isListening() {
    synchronized (subscribing) {
      return subscription != null;
    }
  }

  private void subscribe(Connection connection) {
    synchronized (subscribing) {
      if (subscription == null) {
        Dispatcher dispatcher = connection.createDispatcher(this::hear);
        subjects.forEach(dispatcher::subscribe);
        subscription = new Subscription(connection, dispatcher);
      }
    }
  }

  private void unsubscribeIfIdle() {
    synchronized (subscribing) {
      boolean idle = System.nanoTime() - lastWaitedNanos >= linger.toNanos();
      if (idle && waitingCount.get() == 0 && subscription != null) {
        subscription.connection().closeDispatcher(subscription.dispatcher());
        subscription = null;
      }
    }
  }

  private void hear(Message message) {
    if (waiting.isEmpty()) {
      unsubscribeIfIdle();
      return;
    }
    try {
      codec.decodeMessage(message.getData()).forEach(this::tell);
    } catch (MalformedEvent notForUs) {
      // Whoever consumes the stream parks it; here nobody can be told anything by it.
      return;
    }
  }

  private void tell(Event event) {
    VoteId voteId = voteId(event);
    Set<Expected> listeners = voteId == null ? null : waiting.get(voteId);
    if (listeners != null) {
      Outcome outcome = outcome(event);
      listeners.forEach(listener -> listener.outcome().complete(outcome));
    }
  }

  private @Nullable VoteId voteId(Event event) {
    return switch (event.fact()) {
      case VoteRecorded recorded -> recorded.voteId();
      case VoteRejected rejected -> rejected.voteId();
      case VoteDuplicated duplicated -> duplicated.voteId();
      case EventParked parked
          when parked.stopsTheVote() && subjectsBefore.contains(parked.subject()) ->
          parked.voteId();
      case Fact _ -> null;
    };
  }

  private static Outcome outcome(Event event) {
    return switch (event.fact()) {
      case VoteRecorded _ -> new Outcome(Outcome.Status.RECORDED, 1, null, event.time());
      case VoteRejected rejected ->
          new Outcome(
              Outcome.Status.REJECTED,
              null,
              rejected.reason().name().toLowerCase(Locale.ROOT),
              event.time());
      case VoteDuplicated _ -> new Outcome(Outcome.Status.DUPLICATE, null, null, event.time());
      case EventParked parked ->
          new Outcome(Outcome.Status.PARKED, null, parked.reason(), event.time());
      case Fact other -> throw new IllegalArgumentException(other.type() + " is no outcome");
    };
  }
}
