package io.scrutin.demo;

import io.scrutin.election.OwnFolder;
import io.scrutin.standalone.Progress;
import io.scrutin.standalone.Shape;
import io.scrutin.standalone.Standalone;
import io.scrutin.standalone.UpOptions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./scrutin demo}. */
@Command(
    name = "scrutin demo",
    description =
        "Plays a whole election on this machine, from the list of voters to the signed result, and"
            + " says what evidence there is that each promise held. Exit 0 only if all did.",
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Runnable {
  /** A minute in earnest; here everybody is on one machine and nobody's vote is far away. */
  static final Duration SETTLING_TIME = Duration.ofSeconds(10);

  @Option(names = "--dir", defaultValue = ".scrutin-demo", description = "where it happens")
  private Path dir = Path.of(".scrutin-demo");

  @Option(names = "--voters", defaultValue = "5000", description = "how many are on the roll")
  private int voters;

  @Option(names = "--votes", defaultValue = "2000", description = "how many of them vote")
  private int votes;

  @Option(names = "--group-size", defaultValue = "100", description = "ballots opened together (K)")
  private int groupSize;

  @Option(names = "--seed", defaultValue = "2026", description = "who sends what, and when")
  private long seed;

  @Option(
      names = "--sleep",
      description =
          "every function starts from no process, and ends with none: what Knative does on a"
              + " cluster, in small")
  private boolean sleep;

  @Option(
      names = "--idle",
      description = "with --sleep: seconds that a function which nobody calls keeps its process")
  private int idleSeconds = (int) Shape.Asleep.IDLE.toSeconds();

  private int status;

  private DemoCommand() {}

  public static void main(String[] arguments) {
    DemoCommand demo = new DemoCommand();
    int usage = new CommandLine(demo).execute(arguments);
    System.exit(usage == 0 ? demo.status : usage);
  }

  @Override
  public void run() {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Path folder = dir.toAbsolutePath().normalize();
    System.setProperty("scrutin.log", folder.resolve("logs").resolve("scrutin.log").toString());
    System.setProperty("logback.configurationFile", "logback-up.xml");
    try {
      DemoOptions options = new DemoOptions(folder, voters, votes, groupSize, seed, shape());
      OwnFolder.empty(folder, "demo", Standalone::endStale);
      status = play(options, out);
    } catch (Exception failure) {
      out.println("scrutin: the demo broke off: " + failure.getMessage());
      out.println("scrutin: more of it in " + System.getProperty("scrutin.log"));
      LoggerFactory.getLogger(DemoCommand.class).error("the demo broke off", failure);
      status = 1;
    }
  }

  private Shape shape() {
    return sleep ? new Shape.Asleep(Duration.ofSeconds(idleSeconds)) : new Shape.Together();
  }

  /** 0 only if every promise held. */
  static int play(DemoOptions options, PrintWriter out) throws Exception {
    try (Standalone system = start(options)) {
      Demo demo = new Demo(system, options, out);
      try {
        demo.play();
        return demo.judge() ? 0 : 1;
      } finally {
        demo.close();
      }
    }
  }

  static Standalone start(DemoOptions options) throws Exception {
    boolean terminal = System.console() != null && System.console().isTerminal();
    UpOptions up =
        new UpOptions(
            0, options.dir(), options.voters(), options.shape(), false, SETTLING_TIME, false);
    return Standalone.start(up, new Progress(System.out, terminal, Standalone.steps(up)));
  }
}
