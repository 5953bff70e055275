package io.scrutin.chaos;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.scrutin.chaos.Evidence.Planted;
import io.scrutin.election.Election;
import io.scrutin.servers.Server;
import io.scrutin.servers.Signals;
import io.scrutin.standalone.KeptProcess;
import io.scrutin.standalone.Replicated;
import io.scrutin.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Does what was planned, and undoes it. */
final class Saboteur {
  /** What undoes it; says what there is to say about it. */
  interface Healing {
    String heal() throws Exception;
  }

  private static final Healing NOTHING_TO_HEAL = () -> "";

  private static final Duration SLOW_CALL = Duration.ofMillis(700);
  private static final Duration STORM = Duration.ofSeconds(1);

  /** As the trigger has it. */
  private static final Duration ACK_WAIT = Duration.ofSeconds(30);

  private static final int CLOSE_ATTEMPTS = 60;

  private final Replicated system;
  private final Wires wires;
  private final Disks disks;
  private final KeptMessages messages;
  private final Election election;
  private final PoisonSubjects poisons;
  private final CutTail cutTail;
  private final OldRedis oldRedis;
  private final StepClock clock;
  private volatile boolean closed;

  /**
   * @param election that may be closed in the middle
   * @param folder for what it needs
   */
  Saboteur(
      Replicated system,
      Wires wires,
      Disks disks,
      KeptMessages messages,
      Election election,
      Path folder)
      throws IOException {
    this.system = system;
    this.wires = wires;
    this.disks = disks;
    this.messages = messages;
    this.election = election;
    this.poisons = new PoisonSubjects(messages, Chaos.LONG_LAW);
    this.cutTail = new CutTail(system.dataOf(Store.BROKER.server()));
    this.oldRedis =
        OldRedis.remember(system.dataOf(Store.REDIS.server()), folder.resolve("old-redis"));
    this.clock = new StepClock(folder.resolve("clock-agent.jar"));
  }

  Healing inflict(Fault fault) throws Exception {
    return switch (fault) {
      case Fault.Ended ended -> end(ended);
      case Fault.Stopped stopped -> stop(stopped);
      case Fault.Away away -> takeAway(away);
      case Fault.Flushed _ -> flush();
      case Fault.BadWire wire -> spoil(wire);
      case Fault.Storm _ -> storm();
      case Fault.Poisoned poisoned -> poison(poisoned.poison());
      case Fault.Closed _ -> close();
      case Fault.OldAof _ -> restoreRedis();
      case Fault.TailCut cut -> cutTail(cut);
      case Fault.DiskFull full -> fillDisk(full.store());
      case Fault.ClockStepped stepped -> stepClock(stepped);
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
    return () -> restarted(server);
  }

  private static String restarted(Server server) {
    long start = System.nanoTime();
    server.restart();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    return "it served again %,d ms after it was started".formatted(millis);
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
    Optional<TcpProxy> wire = wires.between(fault.from(), fault.to());
    if (wire.isEmpty()) {
      return () -> "it never goes there";
    }
    Wires.spoil(wire.get(), fault.trouble());
    return () -> {
      wire.get().heal();
      return "";
    };
  }

  /** Each batch is given to both triggers, again and again, while the first is still at it. */
  private Healing storm() throws Exception {
    List<TcpProxy> slow =
        wires.from("trigger-", Arrays.stream(Store.values()).map(Store::server).toList());
    slow.forEach(wire -> wire.delay(SLOW_CALL));
    messages.setAckWait(STORM);
    return () -> {
      slow.forEach(TcpProxy::heal);
      messages.setAckWait(ACK_WAIT);
      return "";
    };
  }

  private Healing poison(Poison poison) throws Exception {
    poisons.plant(poison);
    return NOTHING_TO_HEAL;
  }

  /** Whoever closes a contest tries again while Postgres is away. */
  private Healing close() throws InterruptedException {
    for (int attempt = 1; !closed && attempt < CLOSE_ATTEMPTS; attempt++) {
      try {
        election.close();
        closed = true;
      } catch (IllegalStateException notNow) {
        Thread.sleep(Duration.ofSeconds(1));
      }
    }
    return NOTHING_TO_HEAL;
  }

  /** Whether the contest that is closed in the middle has been closed. */
  boolean closedIt() {
    return closed;
  }

  private Healing restoreRedis() throws IOException {
    oldRedis.restore(system.servers().redis());
    return () -> restarted(system.servers().redis());
  }

  private Healing cutTail(Fault.TailCut fault) throws IOException {
    int named =
        cutTail.cut(system.servers().nats(), messages.stream(fault.stream()), fault.bytes());
    return () ->
        restarted(system.servers().nats()) + ", %d ids were in what is gone".formatted(named);
  }

  /**
   * A broker whose disk was full answers again when there is room, and yet takes no message until
   * it is started again (seen with 2.9.10).
   */
  private Healing fillDisk(Store store) throws IOException, InterruptedException {
    disks.fill(store);
    return () -> {
      disks.free(store);
      Server server = server(store);
      if (!server.isRunning()) {
        return "it had ended; " + restarted(server);
      }
      return store == Store.BROKER
          ? "it keeps nothing until it is started again; " + restarted(server)
          : "it went on by itself";
    };
  }

  private Healing stepClock(Fault.ClockStepped fault) {
    long pid = process(fault.process()).pid();
    if (!clock.step(pid, fault.by())) {
      return () -> "it was not there";
    }
    return () -> clock.step(pid, Duration.ZERO) ? "" : "it ended meanwhile";
  }

  /** Vote ids in what was cut from the broker's store. */
  Set<String> cut() {
    return cutTail.all();
  }

  List<Planted> planted() throws Exception {
    return poisons.planted();
  }
}
