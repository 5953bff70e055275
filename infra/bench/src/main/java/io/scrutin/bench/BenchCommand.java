package io.scrutin.bench;

import io.scrutin.bench.BenchOptions.Load;
import io.scrutin.election.OwnFolder;
import io.scrutin.standalone.Standalone;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./scrutin bench}. */
@Command(
    name = "scrutin bench",
    description =
        "Measures how many votes this machine counts, how fast and at which cost. What counts is"
            + " a ballot in the tally, and a run whose books do not balance is worth nothing."
            + " Exit 0 only if they do.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Runnable {
  private static final String PAGE = "docs/performance.md";
  private static final int USUAL_VOTES = 1_000_000;
  private static final int USUAL_SECONDS = 60;
  private static final Duration ROOF_LENGTH = Duration.ofSeconds(5);
  private static final Duration USUAL_DAY = Duration.ofMinutes(10);

  @Option(names = "--dir", defaultValue = ".scrutin-bench", description = "where it happens")
  private Path dir = Path.of(".scrutin-bench");

  @Option(names = "--rate", description = "votes a second; the highest that goes on if not said")
  private double rate;

  @Option(names = "--seconds", description = "how long they come; 60 with a rate")
  private int seconds;

  @Option(names = "--votes", description = "how many voters there are, each of whom votes")
  private int votes;

  @Option(names = "--day", description = "a day's curve, in ten minutes or --seconds")
  private boolean day;

  @Option(
      names = "--backlog",
      description = "so many votes pile up first; how fast are they counted then?")
  private int backlog;

  @Option(names = "--cold", description = "instead: what it takes from nothing")
  private boolean cold;

  @Option(
      names = "--warm-up",
      defaultValue = "30",
      description = "seconds of votes before anything is measured")
  private int warmUpSeconds;

  @Option(names = "--processes", description = "each function a process of its own")
  private boolean processes;

  @Option(names = "--no-roofs", description = "leave out what each part does alone")
  private boolean withoutRoofs;

  @Option(names = "--seed", defaultValue = "2026", description = "when exactly each vote comes")
  private long seed;

  @Option(names = "--write", description = "add a row to " + PAGE)
  private boolean write;

  @Option(names = "--json", description = "nothing on standard output but the last line")
  private boolean json;

  private int status;

  private BenchCommand() {}

  public static void main(String[] arguments) {
    BenchCommand bench = new BenchCommand();
    int usage = new CommandLine(bench).execute(arguments);
    System.exit(usage == 0 ? bench.status : usage);
  }

  @Override
  public void run() {
    PrintStream says = json ? System.err : System.out;
    Path folder = dir.toAbsolutePath().normalize();
    System.setProperty("scrutin.log", folder.resolve("logs").resolve("bench.log").toString());
    System.setProperty("logback.configurationFile", "logback-up.xml");
    BenchOptions options;
    try {
      options =
          new BenchOptions(
              folder, processes, !withoutRoofs, seed, Duration.ofSeconds(warmUpSeconds), load());
    } catch (IllegalArgumentException usage) {
      System.err.println("scrutin: " + usage.getMessage());
      status = 2;
      return;
    }
    try {
      OwnFolder.empty(folder, "bench", Standalone::endStale);
      PrintWriter out = new PrintWriter(says, true, StandardCharsets.UTF_8);
      if (cold) {
        ColdFound starts = new ColdStarts(folder, says, out).measure();
        starts.print(out);
        if (write) {
          write(ColdFound.BEGIN, starts.row(LocalDate.now(ZoneOffset.UTC), commit()));
        }
        System.out.println(starts.json());
        return;
      }
      Found found = Measurement.take(options, ROOF_LENGTH, out);
      Report report = new Report(found);
      report.print(out);
      Path page = folder.resolve("bench.html");
      Files.writeString(page, new BenchPage(found).html());
      out.println("  with plots: " + page);
      if (write) {
        String row = WriteRow.row(found, LocalDate.now(ZoneOffset.UTC), commit());
        write(WriteRow.begin(options.load()), row);
      }
      System.out.println(report.json());
      status = found.faults().isEmpty() ? 0 : 1;
    } catch (Exception failure) {
      System.err.println("scrutin: the bench broke off: " + failure.getMessage());
      System.err.println("scrutin: more of it in " + System.getProperty("scrutin.log"));
      LoggerFactory.getLogger(BenchCommand.class).error("the bench broke off", failure);
      status = 1;
    }
  }

  private static Path root() {
    return Path.of(System.getProperty("scrutin.root", "."));
  }

  private static String commit() throws IOException, InterruptedException {
    String commit = git("describe", "--always");
    // The page has the row of the run before; that makes no other program of it.
    boolean same = git("status", "--porcelain", "-uno", "--", ".", ":(exclude)" + PAGE).isEmpty();
    return commit.isEmpty() ? "–" : same ? commit : commit + "-dirty";
  }

  /** What it prints; nothing where there is no repository. */
  private static String git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root().toString()));
    command.addAll(List.of(words));
    Process git =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return git.waitFor() == 0 ? said : "";
  }

  private static void write(String table, String row) throws IOException {
    Path page = root().resolve(PAGE);
    Files.writeString(page, WriteRow.into(Files.readString(page), table, row));
  }

  private Load load() {
    if (day) {
      Duration length = seconds > 0 ? Duration.ofSeconds(seconds) : USUAL_DAY;
      return new Load.Day(votes > 0 ? votes : USUAL_VOTES, length);
    }
    if (backlog > 0) {
      return new Load.Backlog(backlog);
    }
    if (votes > 0) {
      return new Load.Nation(votes, rate);
    }
    if (rate > 0 || seconds > 0) {
      double perSecond = rate > 0 ? rate : 1_000;
      return new Load.Steady(perSecond, Duration.ofSeconds(seconds > 0 ? seconds : USUAL_SECONDS));
    }
    return new Load.Highest(USUAL_VOTES);
  }
}
