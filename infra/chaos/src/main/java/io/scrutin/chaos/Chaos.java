package io.scrutin.chaos;

import io.scrutin.books.Balance;
import io.scrutin.books.BookPlaces;
import io.scrutin.books.Books;
import io.scrutin.chaos.Evidence.ContestEnd;
import io.scrutin.chaos.Evidence.Count;
import io.scrutin.chaos.Evidence.Outage;
import io.scrutin.chaos.Evidence.Unbalanced;
import io.scrutin.console.Surroundings;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final int GROUP_SIZE = 10;
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
  private final Timeline timeline;
  private double drainSeconds = Double.NaN;

  Chaos(Replicated system, Wires wires, ChaosOptions options, List<Intent> plan, PrintWriter out)
      throws IOException {
    this.system = system;
    this.options = options;
    this.plan = plan;
    this.out = out;
    this.rows = new KeptRows(system.servers().owner());
    this.messages = new KeptMessages(system.servers().nats().url(), "local");
    this.timeline = new Timeline(new Saboteur(system, wires), out);
    this.ledgerFile = options.dir().resolve("ledger.tsv");
    prepare();
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
              new Election.Terms(law, voters, policy, GROUP_SIZE, SETTLING_TIME));
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
      elections.values().forEach(Election::close);
      boolean drained = waitFor(() -> crowd.asking() == 0 && messages.pending() == 0 && settled());
      drainSeconds = drained ? (System.nanoTime() - healed) / 1e9 : Double.NaN;
      say("nothing is on its way after %.1f s".formatted(drainSeconds));
      waitFor(this::counted);
      counts = watch.seen();
    }
    crowd.close();
    return evidence(counts);
  }

  private void say(String what) {
    out.println("  … " + what);
    out.flush();
  }

  private boolean settled() throws SQLException {
    Set<String> open = new HashSet<>(crowd.promised());
    open.removeAll(rows.settled());
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

  private Evidence evidence(List<Count> counts) throws Exception {
    Entries entries = Ledger.read(ledgerFile);
    HeldKeys keys = new HeldKeys(system.surroundings());
    Map<String, ContestEnd> ends = new HashMap<>();
    for (String law : LAWS) {
      ends.put(law, rows.end(law));
    }
    return new Evidence(
        entries,
        keys.voteIds(entries, rolls),
        rows.participations(LAWS, keys.voters(rolls)),
        rows.trail(),
        messages.casts(keys.ballots()),
        ends,
        Set.of(),
        messages.parked(),
        0,
        messages.pending(),
        counts,
        differences(),
        outages(),
        drainSeconds,
        List.of());
  }

  private List<Unbalanced> differences() {
    try (Books books = Books.open(BookPlaces.from(new Surroundings(system.surroundings())))) {
      List<Unbalanced> found = new ArrayList<>();
      for (Balance balance : books.balances()) {
        balance.differences().forEach(one -> found.add(new Unbalanced(one.id(), one.text())));
        balance.lines().stream()
            .filter(line -> !line.agrees())
            .forEach(
                line ->
                    found.add(
                        new Unbalanced(
                            balance.lawId(),
                            "%s: %d, and should be %d"
                                .formatted(line.what(), line.found(), line.expected()))));
      }
      return found;
    }
  }

  private List<Outage> outages() {
    List<Outage> outages = new ArrayList<>();
    for (Happening happening : timeline.happenings()) {
      if (happening.fault() instanceof Fault.Away away) {
        outages.add(
            new Outage(
                away.store(), happening.from().toEpochMilli(), happening.until().toEpochMilli()));
      }
    }
    return outages;
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
