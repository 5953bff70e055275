package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole system on one machine: servers, functions, trigger and a demo referendum. */
public final class Standalone implements AutoCloseable {
  /** For the progress bar: the servers, the streams, the functions, the door and the demo. */
  public static int steps(UpOptions options) {
    int functions =
        switch (options.shape()) {
          case Shape.Together _, Shape.Asleep _ -> 1;
          case Shape.Apart _ -> Settings.FUNCTIONS.size() + 1;
        };
    return 5 + functions + (options.knocks() ? 1 : 0) + (options.demo() ? 1 : 0);
  }

  /** For one small question to Postgres. */
  private static final Duration ASK = Duration.ofSeconds(5);

  private final Closing closing;
  private final UpOptions options;
  private final LocalServers servers;
  private final Functions functions;
  private final Settings settings;
  private final Map<String, String> surroundings;
  private List<Credential> voters = List.of();

  private Standalone(
      Closing closing,
      UpOptions options,
      LocalServers servers,
      Functions functions,
      Settings settings,
      Map<String, String> surroundings) {
    this.closing = closing;
    this.options = options;
    this.servers = servers;
    this.functions = functions;
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /** Whether a system, this process's or another's, has its data there and is at work. */
  public static boolean runsIn(Path dir) throws IOException {
    return DirLock.isTaken(dir);
  }

  /** Functions that a killed system left there; to be asked before the folder is emptied. */
  public static void endStale(Path dir) throws IOException {
    StaleProcesses.end(dir);
  }

  /** What commands find the system by that has its data there and is at work. */
  public static Map<String, String> surroundings(Path dir) throws IOException {
    return FoundSystem.surroundings(dir, Map.of());
  }

  public static Standalone start(UpOptions options, Progress progress) throws Exception {
    Closing closing = Closing.withThisProcess();
    try {
      return start(options, progress, closing);
    } catch (Exception failure) {
      closing.close();
      throw failure;
    }
  }

  private static Standalone start(UpOptions options, Progress progress, Closing closing)
      throws Exception {
    var _ = closing.start(() -> DirLock.take(options.dir()));
    StaleProcesses.end(options.dir());
    Keys keys = new Keys(options.dir());
    keys.makeMissing();
    LocalServers servers = LocalServers.start(options.dir(), keys, progress, closing);
    servers.declareStreams(options.voters(), progress);
    Settings settings = new Settings(servers, keys, options.settlingTime());
    Functions functions = startFunctions(options, settings, servers, progress, closing);
    if (options.knocks()) {
      progress.step("a rehearsal at the door", () -> Knocks.at(functions.url()));
    }
    Map<String, String> addresses = servers.addresses(functions.url());
    Map<String, String> surroundings = FoundSystem.surroundings(addresses, keys);
    Standalone standalone =
        new Standalone(closing, options, servers, functions, settings, surroundings);
    standalone.openDemo(progress);
    FoundSystem.write(options.dir(), addresses);
    return standalone;
  }

  /** All at once when they are closed together; one by one when they never came that far. */
  private static Functions startFunctions(
      UpOptions options,
      Settings settings,
      LocalServers servers,
      Progress progress,
      Closing closing)
      throws Exception {
    int port = options.port();
    Launch launch = Launch.here(options.dir(), settings);
    Closing parts = closing.within();
    Functions functions =
        switch (options.shape()) {
          case Shape.Together _ ->
              progress.step(
                  "functions and trigger",
                  () -> parts.start(() -> OneProcess.start(settings.asProperties(port))));
          case Shape.Apart _ -> ManyProcesses.start(launch, port, progress, parts);
          case Shape.Asleep asleep ->
              SleepingFunctions.start(
                  launch, port, asleep.idle(), servers.ownerFor(ASK), progress, parts);
        };
    parts.handOver(functions);
    return functions;
  }

  private void openDemo(Progress progress) throws Exception {
    if (options.demo()) {
      voters =
          progress.step(
              "demo referendum",
              () -> new DemoReferendum(options.dir(), surroundings).open(options.voters()));
    }
  }

  public URI url() {
    return functions.url();
  }

  public LocalServers servers() {
    return servers;
  }

  /** How the functions that sleep were used; empty when they do not. */
  public List<FunctionUse> use() {
    return switch (functions) {
      case SleepingFunctions sleeping -> sleeping.use();
      case OneProcess _, ManyProcesses _ -> List.of();
    };
  }

  /** The trigger beside functions that sleep; empty when they do not. */
  public Optional<TriggerUse> triggerUse() {
    return switch (functions) {
      case SleepingFunctions sleeping -> Optional.of(sleeping.triggerUse());
      case OneProcess _, ManyProcesses _ -> Optional.empty();
    };
  }

  /** Functions and trigger that have a process of their own now, as the system itself sees it. */
  public List<String> processes() {
    return RunningProcesses.of(options.dir());
  }

  /** Another process of that function, which nobody calls: to see what a start takes. */
  public Newcomer startBeside(String function) throws IOException, InterruptedException {
    return Newcomer.start(Launch.here(options.dir(), settings), function);
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

  /** What commands find this system by. */
  public Map<String, String> surroundings() {
    return surroundings;
  }

  String welcome() {
    if (voters.isEmpty()) {
      return """

      Everything runs, and there is no contest yet: %s
      ./scrutin help says how to make one. Ctrl-C stops it; nothing is lost.
      """
          .formatted(url());
    }
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
            DemoReferendum.roll(options.dir()),
            url(),
            voter.nas(),
            voter.code(),
            DemoReferendum.LAW_ID,
            url(),
            DemoReferendum.LAW_ID,
            url());
  }

  @Override
  public void close() {
    closing.close();
  }
}
