package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.Count;
import io.scrutin.election.Commands;
import io.scrutin.election.Election;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.Replicated;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two contests on a system that is broken again and again, until all is healed and judged. */
final class Chaos implements AutoCloseable {
  static final String SHORT_LAW = "chaos-short";
  static final String LONG_LAW = "chaos-long";
  static final List<String> LAWS = List.of(SHORT_LAW, LONG_LAW);

  /** A minute in earnest; here nobody's vote is far away. */
  static final Duration SETTLING_TIME = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);
  static final int GROUP_SIZE = 10;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(180);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Replicated system;
  private final ChaosOptions options;
  private final PrintWriter out;
  private final List<Intent> plan;
  private final Map<String, Election> elections = new LinkedHashMap<>();
  private final Map<String, List<Credential>> rolls = new HashMap<>();
  private final Path ledgerFile;
  private final Crowd crowd;
  private final KeptRows rows;
  private final KeptMessages messages;
  private final Saboteur saboteur;
  private final Timeline timeline;
  private double drainSeconds = Double.NaN;

  Chaos(
      Replicated system,
      Wires wires,
      Disks disks,
      ChaosOptions options,
      List<Intent> plan,
      PrintWriter out)
      throws IOException {
    this.system = system;
    this.options = options;
    this.plan = plan;
    this.out = out;
    this.rows = new KeptRows(system.servers().owner());
    this.messages = new KeptMessages(system.servers().nats().url(), "local");
    this.ledgerFile = options.dir().resolve("ledger.tsv");
    prepare();
    Election closing = Objects.requireNonNull(elections.get(SHORT_LAW));
    this.saboteur = new Saboteur(system, wires, disks, messages, closing, options.dir());
    this.timeline = new Timeline(saboteur, out);
    this.crowd = new Crowd(system.url(), rolls, Ledger.open(ledgerFile));
  }

  private void prepare() throws IOException {
    int voters = 1 + plan.stream().mapToInt(Intent::voter).max().orElse(0);
    Commands commands =
        new Commands(system.surroundings(), new PrintWriter(PrintWriter.nullWriter()));
    for (String law : LAWS) {
      Path folder = options.dir().resolve("election").resolve(law);
      String policy = law.equals(SHORT_LAW) ? "live" : "at-close";
      Election election =
          new Election(
              commands,
              folder,
              options.dir().resolve("results"),
              new Election.Terms(
                  law, voters, PlanVotes.CHOICES, policy, GROUP_SIZE, SETTLING_TIME));
      rolls.put(law, election.prepare());
      election.open();
      elections.put(law, election);
    }
  }

  /** Until all is healed, nothing is on its way any more, and both contests are over. */
  Evidence play(List<Planned> faults) throws Exception {
    List<Count> counts;
    try (WatchCounts watch = WatchCounts.start(rows, system.url(), LAWS)) {
      Thread voters = Thread.ofPlatform().name("voters").start(() -> crowd.arrive(plan));
      timeline.play(faults);
      voters.join();
      long healed = System.nanoTime();
      say("all is healed, and the last voter has come");
      voteAgain();
      closeContests();
      boolean drained = waitFor(() -> crowd.asking() == 0 && messages.pending() == 0 && settled());
      drainSeconds = drained ? (System.nanoTime() - healed) / 1e9 : Double.NaN;
      say("nothing is on its way after %.1f s".formatted(drainSeconds));
      waitFor(this::counted);
      counts = watch.seen();
    }
    crowd.close();
    Entries entries = Ledger.read(ledgerFile);
    return new GatherEvidence(system, rows, messages, rolls)
        .of(entries, counts, saboteur, timeline.happenings(), drainSeconds, options.dir());
  }

  /** Whoever's vote was lost with the broker's tail, and is not in it again, votes anew. */
  private void voteAgain() throws Exception {
    Set<String> cut = saboteur.cut();
    if (cut.isEmpty()) {
      return;
    }
    waitFor(() -> crowd.asking() == 0 && messages.pending() == 0);
    Set<String> lost = new HashSet<>(cut);
    lost.retainAll(crowd.promised());
    lost.removeAll(rows.settled());
    Set<String> open = open();
    Entries entries = Ledger.read(ledgerFile);
    int next = plan.size();
    HeldKeys keys = new HeldKeys(system.surroundings());
    for (Map.Entry<Integer, String> vote : keys.voteIds(entries, rolls).entrySet()) {
      Intent first = Objects.requireNonNull(entries.sent().get(vote.getKey()));
      if (lost.contains(vote.getValue()) && open.contains(first.lawId())) {
        crowd.arrive(first.again(next++));
      }
    }
  }

  private Set<String> open() throws SQLException {
    Set<String> open = new HashSet<>();
    for (String law : LAWS) {
      if (Instant.now().isBefore(rows.closesAt(law))) {
        open.add(law);
      }
    }
    return open;
  }

  private void closeContests() {
    for (Map.Entry<String, Election> election : elections.entrySet()) {
      if (!election.getKey().equals(SHORT_LAW) || !saboteur.closedIt()) {
        election.getValue().close();
      }
    }
  }

  private void say(String what) {
    out.println("  … " + what);
    out.flush();
  }

  private boolean settled() throws SQLException {
    Set<String> open = new HashSet<>(crowd.promised());
    open.removeAll(rows.settled());
    open.removeAll(saboteur.cut());
    return open.isEmpty();
  }

  private boolean counted() throws Exception {
    for (String law : LAWS) {
      if (Instant.now().isBefore(rows.closesAt(law)) || rows.waiting(law) > 0) {
        return false;
      }
    }
    return messages.pending() == 0;
  }

  private interface Condition {
    boolean isMet() throws Exception;
  }

  /** What never comes about is judged, not thrown. */
  private static boolean waitFor(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!isMet(condition)) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      Thread.sleep(LOOK_AGAIN);
    }
    return true;
  }

  private static boolean isMet(Condition condition) throws InterruptedException {
    try {
      return condition.isMet();
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception away) {
      LOG.info("it cannot be asked now", away);
      return false;
    }
  }

  List<Happening> happenings() {
    return timeline.happenings();
  }

  double drainSeconds() {
    return drainSeconds;
  }

  @Override
  public void close() throws InterruptedException {
    messages.close();
  }
}
