package io.scrutin.standalone;

import io.scrutin.postgres.Roles;
import io.scrutin.servers.Leftovers;
import io.scrutin.servers.Ports;
import io.scrutin.servers.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Functions and trigger in replicas, each process replaced when it dies, as on a cluster. How any
 * of them reaches another is the caller's business, who may put a fault in between.
 */
public final class Replicated implements AutoCloseable {
  /**
   * From whom to whom. Where there are several ports, each of them serves.
   *
   * @param to a server, or a function in whatever replica
   */
  public record Way(String from, String to, List<Integer> ports) {
    public Way {
      ports = List.copyOf(ports);
    }
  }

  /**
   * @param dir where everything but the servers' data is kept
   * @param folderOf where the server of that name keeps its data
   * @param voters what the streams are sized for
   * @param replicas of the function, or of the trigger
   * @param triggers settings of the triggers, as variables
   */
  public record Plan(
      Path dir,
      Function<String, Path> folderOf,
      int voters,
      Duration settlingTime,
      ToIntFunction<String> replicas,
      Map<String, String> triggers) {}

  /** Voters and heartbeats come from there. */
  public static final String OUTSIDE = "outside";

  private final Closing closing;
  private final Plan plan;
  private final ToIntFunction<Way> ways;
  private final LocalServers servers;
  private final Keys keys;
  private final Launch launch;
  private final Map<String, List<Integer>> ports = new HashMap<>();
  private final Map<String, KeptProcess> processes = new LinkedHashMap<>();
  private Map<String, String> surroundings = Map.of();
  private URI url = URI.create("http://localhost");

  private Replicated(
      Closing closing,
      Plan plan,
      ToIntFunction<Way> ways,
      LocalServers servers,
      Keys keys,
      Launch launch) {
    this.closing = closing;
    this.plan = plan;
    this.ways = ways;
    this.servers = servers;
    this.keys = keys;
    this.launch = launch;
  }

  /** What {@link Progress} will show. */
  public static int steps() {
    return 5 + Settings.FUNCTIONS.size() + 1;
  }

  /**
   * @param ways lays a way, and says by which port it is entered
   */
  public static Replicated start(Plan plan, ToIntFunction<Way> ways, Progress progress)
      throws Exception {
    Closing closing = Closing.withThisProcess();
    try {
      var _ = closing.start(() -> DirLock.take(plan.dir()));
      Leftovers.stop(plan.dir());
      Keys keys = new Keys(plan.dir());
      keys.makeMissing();
      LocalServers servers =
          LocalServers.start(plan.dir(), plan.folderOf(), keys, progress, closing);
      servers.declareStreams(plan.voters(), progress);
      Launch launch = Launch.here(plan.dir(), new Settings(servers, keys, plan.settlingTime()));
      Replicated system = new Replicated(closing, plan, ways, servers, keys, launch);
      system.startProcesses(progress);
      system.open();
      return system;
    } catch (Exception failure) {
      closing.close();
      throw failure;
    }
  }

  private void startProcesses(Progress progress) throws Exception {
    for (String function : Settings.FUNCTIONS) {
      progress.step(
          function,
          () ->
              startAll(
                  function,
                  (name, port) -> launch.start(name, function, reaching(name, function), port)));
    }
    progress.step(
        Launch.TRIGGER,
        () ->
            startAll(
                Launch.TRIGGER,
                (name, port) -> {
                  Map<String, String> more = new HashMap<>(reaching(name, Launch.TRIGGER));
                  more.putAll(plan.triggers());
                  return launch.startTrigger(name, to -> called(name, to), more, port);
                }));
  }

  private interface Starting {
    FunctionProcess start(String name, int port) throws java.io.IOException;
  }

  /** Together, as each of them alone would leave a processor idle. */
  private boolean startAll(String what, Starting starting) throws Exception {
    List<KeptProcess> started = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    int replicas = plan.replicas().applyAsInt(what);
    for (int replica = 1; replica <= replicas; replica++) {
      String name = what + "-" + replica;
      int port = Ports.free();
      taken.add(port);
      started.add(
          closing.start(() -> KeptProcess.start(name, at -> starting.start(name, at), port)));
    }
    ports.put(what, taken);
    for (KeptProcess process : started) {
      process.awaitReady();
      processes.put(process.name(), process);
    }
    return true;
  }

  private Optional<URI> called(String from, String to) {
    return Optional.ofNullable(ports.get(to))
        .map(at -> URI.create("http://127.0.0.1:" + ways.applyAsInt(new Way(from, to, at))));
  }

  private Map<String, String> reaching(String name, String function) {
    Map<String, String> reached = new HashMap<>();
    reached.put(
        "SCRUTIN_NATS_URL", through(name, LocalServers.NATS, servers.nats(), servers.nats().url()));
    reached.put(
        "SCRUTIN_REDIS_URL",
        through(name, LocalServers.REDIS, servers.redis(), servers.redis().url()));
    if (Roles.FUNCTIONS.contains(function)) {
      reached.put(
          "SCRUTIN_POSTGRES_URL",
          through(name, LocalServers.POSTGRES, servers.postgres(), servers.jdbcUrl()));
    }
    return reached;
  }

  private String through(String from, String to, Server server, String address) {
    int entrance = ways.applyAsInt(new Way(from, to, List.of(server.port())));
    return address.replace(":" + server.port(), ":" + entrance);
  }

  private void open() throws Exception {
    Map<String, URI> addresses = new HashMap<>();
    ports.keySet().forEach(to -> called(OUTSIDE, to).ifPresent(at -> addresses.put(to, at)));
    FrontDoor door = closing.start(() -> FrontDoor.open(0, addresses));
    Heartbeat heartbeat = closing.start(() -> new Heartbeat(addresses));
    heartbeat.every(OneProcess.HEARTBEAT);
    url = URI.create("http://localhost:" + door.port());
    Map<String, String> found = servers.addresses(url);
    surroundings = FoundSystem.surroundings(found, keys);
    FoundSystem.write(plan.dir(), found);
  }

  /** Where voters find it. */
  public URI url() {
    return url;
  }

  /** What commands find it by: straight, without the ways that processes take. */
  public Map<String, String> surroundings() {
    return surroundings;
  }

  public LocalServers servers() {
    return servers;
  }

  /** By which a further process joins in. */
  Launch launch() {
    return launch;
  }

  /** Where the server of that name keeps its data. */
  public Path dataOf(String server) {
    return plan.folderOf().apply(server).resolve(server);
  }

  /** By name, as in {@code store-2}. */
  public Map<String, KeptProcess> processes() {
    return Map.copyOf(processes);
  }

  @Override
  public void close() {
    closing.close();
  }
}
