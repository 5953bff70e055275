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
  private record Left(List<Event> events, BrokerRefused.Why why) {}

  Outcome publish(List<Event> events) throws InterruptedException {
    Set<Event> impossible = new HashSet<>();
    List<Event> left = events;
    for (int failures = 0; ; failures++) {
      Left again = attempt(left, impossible);
      left = again.events();
      if (left.isEmpty()) {
        return new Outcome.Persisted(impossible);
      }
      if (failures == 0) {
        LOG.warn(
            "the broker is {}: {} events are kept and offered again", again.why(), left.size());
      }
      if (stop.pause(backoff.jittered(failures, time.chance()))) {
        return new Outcome.Stopped();
      }
    }
  }

  private Left attempt(List<Event> events, Set<Event> impossible) throws InterruptedException {
    List<Event> again = new ArrayList<>();
    BrokerRefused.Why why = BrokerRefused.Why.AWAY;
    for (int from = 0; from < events.size(); from += WINDOW) {
      List<Event> window = events.subList(from, Math.min(events.size(), from + WINDOW));
      List<CompletableFuture<Void>> published = window.stream().map(this::start).toList();
      for (int i = 0; i < window.size(); i++) {
        try {
          published.get(i).get();
        } catch (ExecutionException failure) {
          if (failure.getCause() instanceof BrokerRefused refused) {
            again.add(window.get(i));
            why = refused.why();
          } else {
            LOG.error("an event cannot be published: {}", String.valueOf(failure.getCause()));
            impossible.add(window.get(i));
          }
        }
      }
    }
    return new Left(again, why);
  }

  private CompletableFuture<Void> start(Event event) {
    try {
      return publisher.publish(event);
    } catch (IllegalArgumentException impossible) {
      return CompletableFuture.failedFuture(impossible);
    }
  }
}
