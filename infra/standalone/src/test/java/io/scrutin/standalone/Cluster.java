package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.servers.Server;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.Replicated.Way;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Functions and triggers in replicas, and voters who come whatever is done to them. */
final class Cluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(120);

  /** Those that something is done to; one of each other saves a JVM. */
  private static final Set<String> DOUBLED = Set.of("store", Launch.TRIGGER);

  private static final Set<String> SERVERS =
      Set.of(LocalServers.NATS, LocalServers.REDIS, LocalServers.POSTGRES);

  private final Path dir;
  private final Map<String, Turns> turns = new ConcurrentHashMap<>();
  private final List<FunctionProcess> joined = new ArrayList<>();
  private final Replicated system;
  private final VotingClient client;
  private final Books books;
  private final Crowd crowd;

  /**
   * @param triggers settings of the triggers, as variables
   */
  Cluster(Path dir, int voters, Duration settlingTime, Map<String, String> triggers)
      throws Exception {
    this.dir = dir;
    Replicated.Plan plan =
        new Replicated.Plan(
            dir, _ -> dir, voters, settlingTime, what -> DOUBLED.contains(what) ? 2 : 1, triggers);
    this.system = Replicated.start(plan, this::lay, Started.quietly());
    List<Credential> roll = new DemoReferendum(dir, system.surroundings()).open(voters);
    this.client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    this.books = new Books(system.servers().owner());
    this.crowd = new Crowd(client, roll, "cluster");
    Await.until(
        () -> client.get("/api/v1/contests").body().contains(DemoReferendum.LAW_ID),
        "submit knows the contest");
  }

  private int lay(Way way) {
    return SERVERS.contains(way.to())
        ? way.ports().getFirst()
        : turns.computeIfAbsent(way.to(), _ -> Turns.among(way.ports())).port();
  }

  Turns turnsOf(String function) {
    return Objects.requireNonNull(turns.get(function));
  }

  KeptProcess process(String name) {
    return Objects.requireNonNull(system.processes().get(name));
  }

  Books books() {
    return books;
  }

  Server postgres() {
    return system.servers().postgres();
  }

  Crowd crowd() {
    return crowd;
  }

  Runbook page(String name) throws IOException {
    return new Runbook(name, dir, system.surroundings());
  }

  /** One more of that function, which nobody calls yet. */
  FunctionProcess start(String name, String function, UnaryOperator<List<String>> command)
      throws IOException {
    Path module =
        Path.of(System.getProperty("scrutin.root")).resolve("functions").resolve(function);
    FunctionProcess process =
        FunctionProcess.start(
            name,
            command.apply(Launch.ofModule(function, module, dir)),
            dir,
            system.launch().settings().asEnvironment(function));
    joined.add(process);
    return process;
  }

  /** From the moment that it is ready it is called in its turn. */
  void takeIn(String function, FunctionProcess process) throws IOException, InterruptedException {
    process.awaitReady();
    turnsOf(function).takeIn(process.url().getPort());
  }

  /** Voters who come until they are told that it is enough. */
  final class Arrivals implements AutoCloseable {
    private final Thread thread;
    private volatile boolean enough;

    private Arrivals(int votesPerSecond) {
      this.thread = Thread.ofPlatform().daemon().name("crowd").start(() -> come(votesPerSecond));
    }

    private void come(int votesPerSecond) {
      while (!enough) {
        crowd.arrive(votesPerSecond, Duration.ofMillis(500));
      }
    }

    @Override
    public void close() throws InterruptedException {
      enough = true;
      thread.join();
    }
  }

  Arrivals arriving(int votesPerSecond) {
    return new Arrivals(votesPerSecond);
  }

  void awaitArrivals(int more) {
    int target = crowd.size() + more;
    Await.until(PATIENCE, () -> crowd.size() >= target, more + " more voters have come");
  }

  /** Each vote that was answered 202, and no other, is recorded and counted as it was cast. */
  void everythingAcceptedIsCountedOnce() throws SQLException {
    assertThat(crowd.refused()).isEmpty();
    assertThat(crowd.unanswered()).isZero();
    crowd.isCountedAsCast(books, PATIENCE);
    assertThat(books.recordedVoteIds()).isEqualTo(new HashSet<>(crowd.accepted().values()));
  }

  /**
   * How long the slowest of the votes that came since took from its stamp until it was recorded.
   */
  long slowestMillis(Instant since) {
    return books.number(
        """
        SELECT coalesce(1000 * max(extract(epoch FROM o.at - c.at)), 0)::bigint
        FROM audit.vote_audit c JOIN audit.vote_audit o USING (law_id, vote_id)
        WHERE c.step = 1 AND o.step = 2 AND c.at >= '%s'
        """
            .formatted(since));
  }

  @Override
  public void close() {
    client.close();
    system.close();
    joined.forEach(FunctionProcess::close);
    turns.values().forEach(Turns::close);
  }
}
