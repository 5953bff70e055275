package io.scrutin.chaos;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.scrutin.servers.Server;
import io.scrutin.servers.Signals;
import io.scrutin.standalone.KeptProcess;
import io.scrutin.standalone.Replicated;
import io.scrutin.testing.TcpProxy;
import java.time.Duration;
import java.util.Objects;

/** Does what was planned, and undoes it. */
final class Saboteur {
  /** What undoes it; says what there is to say about it. */
  interface Healing {
    String heal() throws Exception;
  }

  private static final Duration SLOW = Duration.ofMillis(150);
  private static final long NARROW_BYTES_PER_SECOND = 20_000;

  private static final Healing NOTHING_TO_HEAL = () -> "";

  private final Replicated system;
  private final Wires wires;

  Saboteur(Replicated system, Wires wires) {
    this.system = system;
    this.wires = wires;
  }

  Healing inflict(Fault fault) {
    return switch (fault) {
      case Fault.Ended ended -> end(ended);
      case Fault.Stopped stopped -> stop(stopped);
      case Fault.Away away -> takeAway(away);
      case Fault.Flushed _ -> flush();
      case Fault.BadWire wire -> spoil(wire);
    };
  }

  private KeptProcess process(String name) {
    return Objects.requireNonNull(system.processes().get(name), name);
  }

  private Server server(Store store) {
    return switch (store) {
      case BROKER -> system.servers().nats();
      case REDIS -> system.servers().redis();
      case POSTGRES -> system.servers().postgres();
    };
  }

  private Healing end(Fault.Ended fault) {
    long pid = process(fault.process()).pid();
    Signals.send(pid, fault.kind() == Kind.TERM ? "TERM" : "KILL");
    return NOTHING_TO_HEAL;
  }

  private Healing stop(Fault.Stopped fault) {
    long pid = process(fault.process()).pid();
    Signals.send(pid, "STOP");
    return () -> {
      Signals.send(pid, "CONT");
      return "";
    };
  }

  private Healing takeAway(Fault.Away fault) {
    Server server = server(fault.store());
    if (fault.kind() == Kind.POSTGRES_IMMEDIATE) {
      // What pg_ctl -m immediate sends.
      Signals.send(server.pid(), "QUIT");
    } else {
      server.kill();
    }
    return () -> {
      long start = System.nanoTime();
      server.restart();
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      return "it served again %,d ms after it was started".formatted(millis);
    };
  }

  private Healing flush() {
    RedisClient client = RedisClient.create(RedisURI.create(system.servers().redis().url()));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      long keys = connection.sync().dbsize();
      connection.sync().flushall();
      return () -> "%,d keys gone".formatted(keys);
    } finally {
      client.shutdown();
    }
  }

  private Healing spoil(Fault.BadWire fault) {
    TcpProxy wire = wires.between(fault.from(), fault.to()).orElse(null);
    if (wire == null) {
      return () -> "it never goes there";
    }
    switch (fault.kind()) {
      case DELAY -> wire.delay(SLOW);
      case THROTTLE -> wire.throttle(NARROW_BYTES_PER_SECOND);
      case CUT -> wire.cut();
      case HALF_OPEN -> wire.halfOpen();
      case RESET -> wire.reset();
      case KILL, TERM, STOP, BROKER, REDIS, POSTGRES, POSTGRES_IMMEDIATE, FLUSH ->
          throw new IllegalStateException(fault.kind() + " is nothing a wire can have");
    }
    return () -> {
      wire.heal();
      return "";
    };
  }
}
