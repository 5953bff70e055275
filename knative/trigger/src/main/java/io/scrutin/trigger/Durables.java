package io.scrutin.trigger;

import io.nats.client.Connection;
import io.scrutin.event.StreamName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The durables of all streams, and which connection of the link they are on. */
final class Durables {
  private final TriggerParts parts;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<StreamName, StreamDurables> streams = new ConcurrentHashMap<>();

  Durables(TriggerParts parts) {
    this.parts = parts;
    parts.broker().whenConnected(_ -> connections.incrementAndGet());
  }

  StreamDurables of(StreamName stream) {
    return streams.computeIfAbsent(
        stream,
        name ->
            new StreamDurables(
                new StreamApi(parts.broker(), name.in(parts.environment())),
                parts.config().syncInterval(),
                parts.clock()));
  }

  int connection() {
    return connections.get();
  }

  /** Opens what the durable is pulled with, once it is fit for that. */
  Intake open(BindingConfig binding, DurableShape shape) throws Exception {
    StreamName stream = binding.eventType().stream();
    int checkedOn = connection();
    Incarnation incarnation = of(stream).ready(shape, checkedOn);
    Connection connection =
        parts.broker().connection().orElseThrow(() -> new IOException("the broker is away"));
    return new Intake(
        connection,
        stream.in(parts.environment()),
        shape.name(),
        incarnation,
        () -> connection() == checkedOn);
  }
}
