package io.scrutin.demo;

import io.scrutin.console.ProgressBar;
import io.scrutin.console.Surroundings;
import io.scrutin.console.TextTable;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.demo.Post.Kind;
import io.scrutin.election.BallotKeyForms;
import io.scrutin.election.Commands;
import io.scrutin.election.Election;
import io.scrutin.election.FindChoices;
import io.scrutin.election.FindSecrets;
import io.scrutin.election.Remains;
import io.scrutin.election.Tables;
import io.scrutin.reconcile.ReconcileCommand;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.Standalone;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The election from its voters' side, and the judgement over it. */
final class Demo {
  static final String LAW_ID = "bibliotheques-2026";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private static final String WAITING = "SELECT count(*) FROM store.envelope WHERE law_id = ?";
  private static final String COUNTED =
      "SELECT coalesce(sum(votes), 0) FROM tally.tally WHERE law_id = ?";

  private final Standalone system;
  private final DemoOptions options;
  private final PrintWriter out;
  private final Election election;
  private final Commands commands;
  private final GroupSizes groups = new GroupSizes(LAW_ID);
  private final Ledger ledger = new Ledger();
  private final Voters voters;
  private final Tables tables;
  private final ProveSleep sleep;
  private List<Credential> roll = List.of();
  private boolean countsShownEarly;

  Demo(Standalone system, DemoOptions options, PrintWriter out) {
    this.system = system;
    this.options = options;
    this.out = out;
    this.commands = new Commands(system.surroundings(), out);
    this.election =
        new Election(
            commands,
            options.dir().resolve("election"),
            options.dir().resolve("results"),
            new Election.Terms(
                LAW_ID,
                options.voters(),
                PlanPosts.CHOICES,
                "at-close",
                options.groupSize(),
                DemoCommand.SETTLING_TIME));
    this.voters = new Voters(system.url());
    this.tables = new Tables(system.servers().owner(), LAW_ID);
    this.sleep = new ProveSleep(system);
  }

  /** Everything up to the signed result. */
  void play() throws Exception {
    roll = election.prepare();
    election.open();
    PlanPosts plan = new PlanPosts(roll, LAW_ID, options);
    List<Post> opening = plan.opening();
    List<Post> together = new ArrayList<>(opening);
    if (sleep.isPlayed()) {
      waitFor("audit hears of the contest", LONGEST_WAIT, sleep::anyoneWoke);
      awaitSleep();
      voteAlone(together.remove(PlanPosts.firstToCount(opening)));
    }
    send("voters vote", together);
    awaitOutcomes("each vote finds its outcome");
    send("some vote again, some only ask again", plan.afterwards(opening));
    awaitOutcomes("each of these, too");
    waitFor(
        "tally opens ballots in groups",
        LONGEST_WAIT,
        () -> tables.number(WAITING) < options.groupSize());
    countsShownEarly = voters.results(LAW_ID).contains("\"votes\"");
    groups.see(tables.number(COUNTED), Instant.now());
    election.close();
    Instant closesAt = Instant.now().plus(Election.MARGIN);
    waitFor("the contest closes", Election.MARGIN, () -> Instant.now().isAfter(closesAt));
    send("some come late", plan.late(opening));
    awaitOutcomes("what came late has its answer");
    waitFor("tally opens the last ballots", LONGEST_WAIT, () -> tables.number(WAITING) == 0);
    Instant settledAt = closesAt.plus(DemoCommand.SETTLING_TIME);
    waitFor(
        "nothing comes any more",
        DemoCommand.SETTLING_TIME,
        () -> Instant.now().isAfter(settledAt.plusSeconds(1)));
    election.publish();
  }

  /** Whether the books balance and each promise held; may be asked again. */
  boolean judge() throws Exception {
    boolean balanced = balances();
    String results = voters.results(LAW_ID);
    out.println();
    printPosts();
    out.println();
    printResult(results);
    out.println();
    List<Proof> proofs = new ArrayList<>(proofs(results));
    if (sleep.isPlayed()) {
      awaitSleep();
      sleep.print(out);
      out.println();
      proofs.add(sleep.nothingRunsWhileNobodyVotes());
    }
    for (Proof proof : proofs) {
      String mark = proof.held() ? "✓ " : "✗ ";
      out.println("  " + mark + proof.promise() + "  " + proof.says());
      proof.lines().forEach(line -> out.println("        " + line));
    }
    boolean held = proofs.stream().allMatch(Proof::held);
    boolean asExpected = ledger.isAsExpected();
    out.println();
    out.println(
        balanced && held && asExpected
            ? "Each promise held, and the books balance."
            : "NOT all is well: see the lines with ✗, and what reconcile says.");
    out.flush();
    return balanced && held && asExpected;
  }

  boolean balances() {
    return commands.tryTo("reconcile", ReconcileCommand::run, "--law", LAW_ID) == 0;
  }

  private List<Proof> proofs(String results) throws Exception {
    Path pepper = Path.of(system.surroundings().get(Surroundings.PEPPER_FILE));
    ProveVotes votes = new ProveVotes(ledger, tables, new HmacTags(KeyFile.read(pepper)), LAW_ID);
    ProveBallots ballots = new ProveBallots(ledger, tables);
    BallotKeyForms key = BallotKeyForms.in(system.surroundings());
    FindSecrets secrets = new FindSecrets(roll, LAW_ID);
    FindChoices choices = new FindChoices(PlanPosts.CHOICES, key.forms());
    Remains.Reader reader =
        (place, text) -> {
          secrets.read(place, text);
          choices.read(place, text);
        };
    Remains.ofStreams(system.servers().nats().url(), groups.beside(reader));
    Remains.ofPostgres(system.servers().owner(), reader);
    Remains.ofRedis(system.servers().redis().url(), reader);
    Remains.ofLogs(options.dir(), reader);
    return List.of(
        votes.nothingIsLost(),
        votes.nobodyCountsTwice(),
        ballots.theTallyIsTheBallots(PublishedCounts.read(results)),
        ProveBallots.nobodyIsNamed(secrets, roll.size()),
        ballots.choicesAreSecret(
            choices, groups.whileOpen(), options.groupSize(), countsShownEarly),
        votes.refusalsAreTrue());
  }

  private void printPosts() {
    TextTable table = new TextTable("what was sent", "posts", "should be", "what was found");
    for (Kind kind : Kind.values()) {
      table.row(kind.what(), ledger.of(kind).size(), kind.expected(), text(kind));
    }
    table.print(out);
  }

  private String text(Kind kind) {
    Map<String, Integer> found = ledger.found(kind);
    String ends =
        found.entrySet().stream()
            .map(end -> end.getValue() + " " + end.getKey())
            .collect(Collectors.joining(", "));
    return (JudgePosts.isRight(kind, found) ? "✓ " : "✗ ") + ends;
  }

  private void printResult(String results) {
    PublishedCounts.bars(PublishedCounts.read(results)).forEach(line -> out.println("  " + line));
    Path here = Path.of("").toAbsolutePath();
    out.println("  signed, and fit for printing: " + here.relativize(election.results()));
  }

  private void awaitSleep() throws Exception {
    waitFor("every function falls asleep", LONGEST_WAIT, sleep::onlyTheTriggerRuns);
  }

  /** Whoever votes first wakes everybody, and waits for that. */
  private void voteAlone(Post first) throws Exception {
    sleep.beforeFirstVote();
    long start = System.nanoTime();
    send("the first voter votes, and no function is awake", List.of(first));
    awaitOutcomes("that vote finds its outcome");
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    waitFor("it woke all on its way", LONGEST_WAIT, sleep::firstVoteWokeItsWay);
    sleep.firstVote(took);
  }

  private void send(String what, List<Post> posts) {
    out.println();
    boolean terminal = ProgressBar.isTerminal(System.getenv());
    try (ProgressBar bar = new ProgressBar(out, terminal, what, posts.size())) {
      ledger.add(voters.send(posts, () -> bar.advance(1)));
    }
  }

  private void awaitOutcomes(String what) throws Exception {
    waitFor(
        what,
        LONGEST_WAIT,
        () -> {
          List<String> open = ledger.withoutFinalOutcome();
          ledger.learn(open, voters.outcomes(open));
          return ledger.withoutFinalOutcome().isEmpty();
        });
  }

  private interface Condition {
    boolean isMet() throws Exception;
  }

  private void waitFor(String what, Duration patience, Condition condition) throws Exception {
    out.println("  … " + what);
    out.flush();
    long deadline = System.nanoTime() + patience.plusSeconds(10).toNanos();
    while (!condition.isMet()) {
      if (System.nanoTime() - deadline > 0) {
        // What is missing is judged, not thrown: the table shows it.
        out.println("  ✗ not within " + patience.toSeconds() + " s");
        return;
      }
      Thread.sleep(250);
    }
  }

  void close() {
    voters.close();
  }
}
