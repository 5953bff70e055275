package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.Options;
import io.scrutin.event.StreamName;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One broker, as its clients see it: streams, durables, and connections that break. */
final class SimulatedBroker {
  private static final Duration RECONNECTING = Duration.ofMillis(300);

  private final World world;
  private final Fates fates;
  private final Map<String, SimulatedStream> streams = new LinkedHashMap<>();
  private final List<BrokerConnection> connections = new ArrayList<>();
  private int started = 1;
  private boolean up = true;

  SimulatedBroker(World world, Fates fates, String environment) {
    this.world = world;
    this.fates = fates;
    for (StreamName stream : StreamName.values()) {
      if (stream.isUsed()) {
        String name = stream.in(environment);
        streams.put(name, new SimulatedStream(name, Set.copyOf(stream.subjects(environment))));
      }
    }
  }

  /** Blocks until it is up, as a client that tries again and again does. */
  Connection connect(SimulatedProcess process, Options options) {
    world.sleep(fates.latency());
    while (!up) {
      world.sleep(RECONNECTING);
    }
    BrokerConnection connection = new BrokerConnection(world, fates, this, process, options);
    connections.add(connection);
    process.whenGone(() -> gone(connection));
    return connection.facade();
  }

  /** The server notices that the other end of a connection is gone. */
  private void gone(BrokerConnection connection) {
    connections.remove(connection);
    connection.end();
    streams.values().forEach(s -> s.durables().values().forEach(SimulatedDurable::forgetPulls));
  }

  /** From somebody who is no part of the system. */
  void inject(String subject, byte[] body) {
    keeperOf(subject)
        .ifPresent(
            stream -> {
              stream.add(subject, body, null, world.instant());
              stream.durables().values().forEach(SimulatedDurable::serve);
            });
  }

  boolean isUp() {
    return up;
  }

  String serverId() {
    return "SIMULATED" + started;
  }

  Optional<SimulatedStream> stream(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  Optional<SimulatedStream> keeperOf(String subject) {
    return streams.values().stream().filter(stream -> stream.keeps(subject)).findFirst();
  }

  Iterable<SimulatedStream> streams() {
    return streams.values();
  }

  /** As a kill does: nothing that was acked is lost, but every connection is. */
  void stop() {
    up = false;
    List.copyOf(connections).forEach(BrokerConnection::breaks);
  }

  void start() {
    up = true;
    started++;
    for (BrokerConnection connection : List.copyOf(connections)) {
      world.after(RECONNECTING.plus(fates.latency()), connection::comesBack);
    }
  }

  /**
   * As a power loss does to a broker without replicas: what was not flushed is gone.
   *
   * @return what was in the tails that were lost
   */
  List<Stored> loseTails(Map<String, Instant> since) {
    List<Stored> lost = new ArrayList<>();
    since.forEach(
        (stream, stamp) -> stream(stream).ifPresent(s -> lost.addAll(s.loseSince(stamp))));
    return lost;
  }

  /** Every connection breaks and is made again, while the server goes on. */
  void resetConnections() {
    for (BrokerConnection connection : List.copyOf(connections)) {
      connection.breaks();
      world.after(RECONNECTING.plus(fates.latency()), connection::comesBack);
    }
  }
}
