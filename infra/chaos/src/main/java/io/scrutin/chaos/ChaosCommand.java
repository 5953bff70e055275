package io.scrutin.chaos;

import io.scrutin.chaos.Breach.Promise;
import io.scrutin.election.OwnFolder;
import io.scrutin.servers.Leftovers;
import io.scrutin.standalone.Progress;
import io.scrutin.standalone.Replicated;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./scrutin chaos}. */
@Command(
    name = "scrutin chaos",
    description =
        "Holds an election on real processes, breaks them, their servers and their wires, heals"
            + " everything and judges whether each promise held. Exit 0 only if all did.",
    mixinStandardHelpOptions = true)
public final class ChaosCommand implements Runnable {
  private static final int REPLICAS = 2;

  /** Longer than the system takes to stop. */
  private static final Duration BREAK_OFF = Duration.ofSeconds(25);

  /**
   * Who calls over a wire that died silently waits as long as a call may take, and the judge a
   * minute. The sync interval is more than a broker loses here: what a fault cuts off is the last
   * second's. With the two minutes of a broker that is told nothing, each restart brings back four
   * minutes of votes, and nine restarts in five minutes took 119 s to drain on two cores; with ten
   * seconds they made sixteen events of each cast where three are the rule, and took 59 s.
   */
  private static final Map<String, String> TRIGGERS =
      Map.of(
          "TRIGGER_CALL_TIMEOUT", "20s",
          "TRIGGER_SYNC_INTERVAL", "5s",
          "TRIGGER_CHECKPOINT_EVERY", "5s");

  @Option(names = "--dir", defaultValue = ".scrutin-chaos", description = "where it happens")
  private Path dir = Path.of(".scrutin-chaos");

  @Option(names = "--seconds", defaultValue = "60", description = "how long votes come in")
  private int seconds;

  @Option(names = "--rate", defaultValue = "50", description = "posts a second")
  private int rate;

  @Option(names = "--seed", defaultValue = "1", description = "which votes and faults, and when")
  private long seed;

  @Option(names = "--faults", defaultValue = "all", description = "kinds of fault, with commas")
  private String faults = "all";

  @Option(names = "--json", description = "nothing on standard output but the last line")
  private boolean json;

  private int status;

  private ChaosCommand() {}

  public static void main(String[] arguments) {
    ChaosCommand chaos = new ChaosCommand();
    int usage = new CommandLine(chaos).execute(arguments);
    System.exit(usage == 0 ? chaos.status : usage);
  }

  @Override
  public void run() {
    PrintStream says = json ? System.err : System.out;
    Path folder = dir.toAbsolutePath().normalize();
    System.setProperty("scrutin.log", folder.resolve("logs").resolve("scrutin.log").toString());
    System.setProperty("logback.configurationFile", "logback-up.xml");
    ChaosOptions options;
    try {
      options = new ChaosOptions(folder, seconds, rate, seed, Kind.parse(faults));
    } catch (IllegalArgumentException usage) {
      System.err.println("scrutin: " + usage.getMessage());
      status = 2;
      return;
    }
    CountDownLatch over = new CountDownLatch(1);
    Thread player = Thread.currentThread();
    try {
      OwnFolder.empty(folder, "chaos", ChaosCommand::endLeftovers);
      // Not before: in somebody else's folder nothing is ours to end.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> breakOff(player, over, folder), "break-off"));
      status = play(options, says, System.out).held() ? 0 : 1;
    } catch (Exception failure) {
      System.err.println("scrutin: the chaos broke off: " + failure.getMessage());
      System.err.println("scrutin: more of it in " + System.getProperty("scrutin.log"));
      LoggerFactory.getLogger(ChaosCommand.class).error("the chaos broke off", failure);
      status = 1;
    } finally {
      over.countDown();
    }
  }

  /**
   * After a Ctrl-C. The system ends itself, but not its disks, nor a server that a fault was just
   * starting again: whoever plays stops and clears away, and what is left is cleared away for him.
   */
  private static void breakOff(Thread player, CountDownLatch over, Path folder) {
    player.interrupt();
    try {
      boolean _ = over.await(BREAK_OFF.toSeconds(), TimeUnit.SECONDS);
      endLeftovers(folder);
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    } catch (IOException left) {
      System.err.println("scrutin: something is left in " + folder + ": " + left.getMessage());
    }
  }

  /**
   * @param says what it does
   * @param last gets one line of JSON
   */
  static Verdict play(ChaosOptions options, PrintStream says, PrintStream last) throws Exception {
    PrintWriter out = new PrintWriter(says, true, StandardCharsets.UTF_8);
    PlanVotes votes = new PlanVotes(options.votes(), Chaos.LAWS);
    List<Intent> plan = votes.within(Duration.ofSeconds(options.seconds()), options.rate());
    try (Disks disks = disks(options, out);
        Wires wires = new Wires();
        Replicated system =
            start(options, Math.max(votes.voters(), options.room()), disks, wires, says);
        Chaos chaos = new Chaos(system, wires, disks, options, plan, out)) {
      Set<Kind> kinds = EnumSet.copyOf(options.kinds());
      if (!disks.areThere()) {
        kinds.remove(Kind.DISK);
      }
      List<Planned> faults =
          new PlanFaults(options.faults(), kinds, system.processes().keySet())
              .within(Duration.ofSeconds(options.seconds()));
      out.printf(
          "  %,d posts of %,d voters, %,d faults, %,d wires, seed %d%n",
          plan.size(), votes.voters(), faults.size(), wires.count(), options.seed());
      Evidence evidence = chaos.play(faults);
      Verdict verdict = JudgeChaos.of(evidence);
      tell(verdict, out);
      String json = json(verdict, faults.size(), chaos.drainSeconds());
      Path page = options.dir().resolve("report.html");
      Files.writeString(
          page,
          new ReportPage(options, chaos.happenings(), evidence.ledger().told(), verdict, json)
              .html());
      out.println("  the timeline: " + page);
      last.println(json);
      return verdict;
    }
  }

  private static Disks disks(ChaosOptions options, PrintWriter out)
      throws IOException, InterruptedException {
    if (!options.kinds().contains(Kind.DISK)) {
      return Disks.none();
    }
    Disks disks = Disks.mount(options.dir());
    if (!disks.areThere()) {
      out.println("  SKIPPED: disk. No small disks can be mounted here, which takes root on Linux");
    }
    return disks;
  }

  private static Replicated start(
      ChaosOptions options, int room, Disks disks, Wires wires, PrintStream says) throws Exception {
    Replicated.Plan plan =
        new Replicated.Plan(
            options.dir(),
            name -> disks.of(Store.of(name), options.dir()),
            room,
            Chaos.SETTLING_TIME,
            _ -> REPLICAS,
            TRIGGERS);
    return Replicated.start(plan, wires::lay, new Progress(says, false, Replicated.steps()));
  }

  private static void tell(Verdict verdict, PrintWriter out) {
    for (Promise promise : Promise.values()) {
      List<Breach> breaches =
          verdict.breaches().stream().filter(breach -> breach.promise() == promise).toList();
      if (!breaches.isEmpty()) {
        out.println("  ✗ " + promise.says() + ": " + breaches.size());
        breaches.stream().limit(10).forEach(breach -> out.println("      " + breach.what()));
      }
    }
    out.println(verdict.held() ? "Every promise held." : "NOT every promise held.");
  }

  private static String json(Verdict verdict, int faults, double drainSeconds) {
    return Stream.of(
            Map.entry("votes", verdict.votes()),
            Map.entry("faults", faults),
            Map.entry("lost", verdict.of(Promise.LOST)),
            Map.entry("double", verdict.of(Promise.DOUBLE)),
            Map.entry("phantom", verdict.of(Promise.PHANTOM)),
            Map.entry("wrong_refusals", verdict.of(Promise.WRONG_REFUSAL)),
            Map.entry("lost_tail", verdict.lostTail()),
            Map.entry("breaches", verdict.breaches().size()),
            Map.entry(
                "drain_s", Double.isNaN(drainSeconds) ? "null" : "%.1f".formatted(drainSeconds)))
        .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static void endLeftovers(Path folder) throws IOException, InterruptedException {
    Leftovers.stop(folder);
    // Before the disks go: there are the notes of which servers run on them.
    for (Store store : Store.values()) {
      Leftovers.stop(Disks.folder(folder, store));
    }
    Disks.detachLeft(folder);
  }
}
