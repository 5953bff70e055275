package io.scrutin.simulation;

import io.nats.client.Connection;
import io.nats.client.Options;
import io.nats.client.api.ServerInfo;
import io.scrutin.event.StreamName;
import io.scrutin.simulation.SimulatedStream.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One broker, as its clients see it: streams, durables, and connections that break. */
final class SimulatedBroker {
  private static final int LONGEST_RECONNECTING_MILLIS = 600;

  private final World world;
  private final Fates fates;
  private final Map<String, SimulatedStream> streams = new LinkedHashMap<>();
  private final List<BrokerConnection> connections = new ArrayList<>();

  /**
   * What publishers wait for. Time-outs of the JDK's own would hold on to it, and to all of the
   * world with it, for seconds after the world is over.
   */
  private final Set<CompletableFuture<?>> unanswered =
      Collections.newSetFromMap(new IdentityHashMap<>());

  private int started = 1;
  private ServerInfo info = info(started);
  private boolean up = true;

  SimulatedBroker(World world, Fates fates, String environment) {
    this.world = world;
    this.fates = fates;
    world.whenOver(() -> List.copyOf(unanswered).forEach(answer -> answer.cancel(false)));
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
      world.sleep(reconnecting());
    }
    BrokerConnection connection = new BrokerConnection(world, fates, this, process, options);
    connections.add(connection);
    process.whenGone(() -> gone(connection));
    return connection.facade();
  }

  /** Each client tries again in its own time, so that one is back while another is not. */
  private Duration reconnecting() {
    return Duration.ofMillis(1 + world.chance().nextInt(LONGEST_RECONNECTING_MILLIS));
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

  void awaits(CompletableFuture<?> answer) {
    unanswered.add(answer);
  }

  void answered(CompletableFuture<?> answer) {
    unanswered.remove(answer);
  }

  boolean isUp() {
    return up;
  }

  int starts() {
    return started;
  }

  ServerInfo info() {
    return info;
  }

  private static ServerInfo info(int start) {
    return new ServerInfo(
        "{\"server_id\":\"SIMULATED%d\",\"version\":\"2.9.10\",\"proto\":1,\"max_payload\":1048576}"
            .formatted(start));
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
    info = info(++started);
    for (BrokerConnection connection : List.copyOf(connections)) {
      world.after(reconnecting(), connection::comesBack);
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
      world.after(reconnecting(), connection::comesBack);
    }
  }
}
