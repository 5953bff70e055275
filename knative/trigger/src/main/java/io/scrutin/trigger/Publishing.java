package io.scrutin.trigger;

import io.scrutin.broker.BrokerRefused;
import io.scrutin.broker.EventPublisher;
import io.scrutin.event.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what functions answered, for as long as it takes. */
final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

  /** A few of these fill the broker's pipe, and many stay within what the publisher takes. */
  private static final int WINDOW = 128;

  sealed interface Outcome {
    /**
     * All are persisted, but for those that the broker will never take: too large for a message.
     */
    record Persisted(Set<Event> impossible) implements Outcome {}

    /** The trigger stops before that: nothing may be acked. */
    record Stopped() implements Outcome {}
  }

  private final EventPublisher publisher;
  private final Backoff backoff;
  private final Time time;
  private final StopSignal stop;

  Publishing(EventPublisher publisher, Backoff backoff, Time time, StopSignal stop) {
    this.publisher = publisher;
    this.backoff = backoff;
    this.time = time;
    this.stop = stop;
  }

  /**
   * @param why the broker did not take the last of them
   */
  private record Left(List<List<Event>> bundles, BrokerRefused.Why why) {}

  Outcome publish(List<Event> events) throws InterruptedException {
    Set<Event> impossible = new HashSet<>();
    List<List<Event>> left = Bundles.of(events);
    for (int failures = 0; ; failures++) {
      Left again = attempt(left, impossible);
      left = again.bundles();
      if (left.isEmpty()) {
        return new Outcome.Persisted(impossible);
      }
      if (failures == 0) {
        LOG.warn(
            "the broker is {}: {} messages are kept and offered again", again.why(), left.size());
      }
      if (stop.pause(backoff.jittered(failures, time.chance()))) {
        return new Outcome.Stopped();
      }
    }
  }

  private Left attempt(List<List<Event>> bundles, Set<Event> impossible)
      throws InterruptedException {
    List<List<Event>> again = new ArrayList<>();
    BrokerRefused.Why why = BrokerRefused.Why.AWAY;
    for (int from = 0; from < bundles.size(); from += WINDOW) {
      List<List<Event>> window = bundles.subList(from, Math.min(bundles.size(), from + WINDOW));
      List<CompletableFuture<Void>> published = window.stream().map(this::start).toList();
      for (int i = 0; i < window.size(); i++) {
        try {
          published.get(i).get();
        } catch (ExecutionException failure) {
          List<Event> bundle = window.get(i);
          if (failure.getCause() instanceof BrokerRefused refused) {
            again.add(bundle);
            why = refused.why();
          } else if (bundle.size() > 1) {
            Left apart = attempt(Bundles.apart(bundle), impossible);
            again.addAll(apart.bundles());
          } else {
            LOG.error("an event cannot be published: {}", String.valueOf(failure.getCause()));
            impossible.addAll(bundle);
          }
        }
      }
    }
    return new Left(again, why);
  }

  private CompletableFuture<Void> start(List<Event> bundle) {
    try {
      return publisher.publishTogether(bundle);
    } catch (IllegalArgumentException impossible) {
      return CompletableFuture.failedFuture(impossible);
    }
  }
}
