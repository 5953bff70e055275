package io.scrutin.standalone;

import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.EventPublisher;
import io.scrutin.broker.StreamSizes;
import io.scrutin.broker.Streams;
import io.scrutin.event.Contest;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Tag;
import io.scrutin.redis.RedisLink;
import io.scrutin.standalone.DemoVoters.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The whole system on one machine: servers, functions, trigger and a demo referendum. */
final class Standalone implements AutoCloseable {
  /** For the progress bar: four for the servers, two for the election, one or eight more. */
  static int steps(UpOptions options) {
    return 6 + (options.processes() ? Settings.FUNCTIONS.size() + 1 : 1);
  }

  private static final Duration BROKER_START = Duration.ofSeconds(10);

  private final DirLock lock;
  private final LocalServers servers;
  private final Functions functions;
  private final Settings settings;
  private final DemoVoters demoVoters;
  private final List<Credential> voters;

  private Standalone(
      DirLock lock,
      LocalServers servers,
      Functions functions,
      Settings settings,
      DemoVoters demoVoters,
      List<Credential> voters) {
    this.lock = lock;
    this.servers = servers;
    this.functions = functions;
    this.settings = settings;
    this.demoVoters = demoVoters;
    this.voters = voters;
  }

  static Standalone start(UpOptions options, Progress progress) throws Exception {
    DirLock lock = DirLock.take(options.dir());
    StaleProcesses.end(options.dir());
    LocalServers servers = LocalServers.start(options.dir(), progress);
    try {
      Keys keys = new Keys(options.dir());
      keys.makeMissing();
      DemoVoters demoVoters = new DemoVoters(options.dir(), DemoElection.LAW_ID);
      List<Credential> voters =
          progress.step("demo voters", () -> demoVoters.makeOrRead(options.voters()));
      progress.step("demo referendum", () -> openElection(servers, keys, demoVoters, voters));
      Settings settings = new Settings(servers, keys);
      Functions functions =
          options.processes()
              ? ManyProcesses.start(root(), options.dir(), options.port(), settings, progress)
              : progress.step(
                  "functions and trigger",
                  () -> OneProcess.start(settings.asProperties(options.port())));
      writeAddresses(options.dir(), functions, servers);
      return new Standalone(lock, servers, functions, settings, demoVoters, voters);
    } catch (Exception failure) {
      servers.close();
      lock.close();
      throw failure;
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("scrutin.root", "."));
  }

  /** Whatever of this a crash cut short is done by the next start. */
  private static boolean openElection(
      LocalServers servers, Keys keys, DemoVoters demoVoters, List<Credential> voters)
      throws Exception {
    EventCodec codec = new EventCodec();
    DemoElection election = new DemoElection(servers.owner(), codec);
    List<Tag> tags = demoVoters.tags(voters, keys.tags());
    election.refuseOtherCredentials(tags);
    election.loadRoll(tags, keys.tags().name());
    try (RedisLink redis = new RedisLink(servers.redis().url())) {
      new RollIndex(redis, Settings.ENVIRONMENT).build(DemoElection.LAW_ID, tags);
    }
    Optional<Contest> existing = election.existing();
    Contest contest =
        existing.orElseGet(
            () -> DemoElection.contest(keys.ballotKey(), keys.tags().name(), Instant.now()));
    election.open(contest);
    announce(servers, codec, contest, voters.size());
    return existing.isEmpty();
  }

  /** Each time: a broker that lost its tail may have lost the announcement. */
  private static void announce(LocalServers servers, EventCodec codec, Contest contest, int voters)
      throws Exception {
    try (BrokerLink broker = BrokerLink.open(servers.nats().url(), "scrutin-up")) {
      Streams.declare(
          broker.await(BROKER_START), Settings.ENVIRONMENT, StreamSizes.forRoll(voters, 1));
      new EventPublisher(broker, Settings.ENVIRONMENT, codec)
          .publish(Event.first(new ContestOpened(contest), "up", Instant.now(), null))
          .get(BROKER_START.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /** For whoever wants to look inside: all ports are free ones, other at each start. */
  private static void writeAddresses(Path dir, Functions functions, LocalServers servers)
      throws IOException {
    Path file = dir.resolve("run").resolve("up.properties");
    Path draft = dir.resolve("run").resolve("up.properties.draft");
    Files.writeString(
        draft,
        "url=%s%nnats=%s%nredis=%s%npostgres=%s%n"
            .formatted(
                functions.url(), servers.nats().url(), servers.redis().url(), servers.jdbcUrl()));
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  URI url() {
    return functions.url();
  }

  LocalServers servers() {
    return servers;
  }

  Functions functions() {
    return functions;
  }

  Settings settings() {
    return settings;
  }

  List<Credential> voters() {
    return voters;
  }

  String welcome() {
    Credential voter = voters.getFirst();
    return """

        The demo referendum is open: %s
        Its counts are live, one ballot at a time (K = 1): good for trying, not for a secret vote.

        Vote as one of its %,d voters (all of them: %s):

          curl -s -H 'Content-Type: application/json' -H 'Prefer: wait=10' %s/api/v1/vote \\
            -d '{"nas":"%s","code":"%s","law_id":"%s","vote":"oui"}'

        Results: %s/api/v1/results/%s   What the trigger does: %s/stats
        Ctrl-C stops it; nothing is lost.
        """
        .formatted(
            url(),
            voters.size(),
            demoVoters.file(),
            url(),
            voter.nas(),
            voter.code(),
            DemoElection.LAW_ID,
            url(),
            DemoElection.LAW_ID,
            url());
  }

  @Override
  public void close() {
    functions.close();
    servers.close();
    try {
      lock.close();
    } catch (IOException unlocked) {
      // The lock goes with this process in any case.
      return;
    }
  }
}
