package io.scrutin.trigger;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The durables of all streams. They are looked at together after each connection and before each
 * checkpoint; one at a time does any of this, so that whoever wants to pull waits until it is done.
 */
final class Durables {
  private static final int NEVER = -1;

  private final TriggerParts parts;
  private final AtomicInteger connections = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();

  /** In the order in which events flow. */
  private final Map<StreamName, StreamDurables> streams = new EnumMap<>(StreamName.class);

  private volatile int checkedConnection = NEVER;

  /** Noticed long before another connection is made, which may carry words before it is noticed. */
  private final AtomicInteger losses = new AtomicInteger();

  private volatile int checkedLosses = NEVER;

  Durables(TriggerParts parts) {
    this.parts = parts;
    Arrays.stream(StreamName.values())
        .filter(StreamName::isUsed)
        .forEach(stream -> streams.put(stream, durables(parts, stream)));
    parts.broker().whenConnected(_ -> connections.incrementAndGet());
    parts.broker().whenLost(losses::incrementAndGet);
  }

  /** Whether they were looked at on the connection that there is now. */
  private boolean areKnown() {
    return connections.get() == checkedConnection && losses.get() == checkedLosses;
  }

  private StreamDurables durables(TriggerParts parts, StreamName stream) {
    return new StreamDurables(
        new StreamApi(parts.broker(), stream.in(parts.environment())),
        parts.config().syncInterval(),
        parts.clock(),
        this::areKnown);
  }

  private StreamDurables of(StreamName stream) {
    return Optional.ofNullable(streams.get(stream)).orElseThrow();
  }

  /** Opens what the binding's durable is pulled with, once it is fit for that. */
  Intake open(BindingConfig binding, DurableShape shape) throws Exception {
    StreamName stream = binding.eventType().stream();
    int connected = connections.get();
    int lost = losses.get();
    Incarnation incarnation;
    lock.lockInterruptibly();
    try {
      if (connected != checkedConnection || lost != checkedLosses) {
        check();
        checkedConnection = connected;
        checkedLosses = lost;
      }
      incarnation = of(stream).ready(shape);
    } finally {
      lock.unlock();
    }
    Connection connection =
        parts.broker().connection().orElseThrow(() -> new IOException("the broker is away"));
    return new Intake(
        connection,
        stream.in(parts.environment()),
        shape.name(),
        incarnation,
        parts.time(),
        () -> connections.get() == connected);
  }

  /**
   * Looks at them on a connection that lasts: in a cluster a stream may lose its tail while the
   * server that the trigger is connected to goes on.
   */
  void lookAgain() throws IOException, JetStreamApiException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (connections.get() == checkedConnection) {
        check();
      }
    } finally {
      lock.unlock();
    }
  }

  /** As they were when they were last looked at; the name of each, and what waits there. */
  Map<String, Long> pendingWithout(Set<String> bindings) {
    Map<String, Long> left = new TreeMap<>();
    lock.lock();
    try {
      streams.values().forEach(stream -> left.putAll(stream.pending()));
    } finally {
      lock.unlock();
    }
    left.keySet().removeAll(bindings);
    return left;
  }

  /** In the order in which events flow: a crash here leaves the stream that shows the loss. */
  private void check() throws IOException, JetStreamApiException {
    Map<StreamDurables, StreamLook> looks = new LinkedHashMap<>();
    for (StreamDurables stream : streams.values()) {
      looks.put(stream, stream.look());
    }
    Optional<String> loss =
        looks.values().stream().flatMap(look -> look.loss().stream()).findFirst();
    for (var looked : looks.entrySet()) {
      looked.getKey().settle(looked.getValue(), loss);
    }
  }

  /** Writes down where the binding's durable is safe to start again. */
  void checkpoint(BindingConfig binding, DurableShape shape)
      throws IOException, JetStreamApiException, InterruptedException {
    lock.lockInterruptibly();
    try {
      // On a connection that was not looked at it would hide that the server is another.
      if (connections.get() == checkedConnection) {
        of(binding.eventType().stream()).checkpoint(shape.name());
      }
    } finally {
      lock.unlock();
    }
  }

  BindingMetrics.Backlog backlog(BindingConfig binding, DurableShape shape)
      throws IOException, JetStreamApiException {
    return of(binding.eventType().stream()).backlog(shape);
  }
}
