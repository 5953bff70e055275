package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * What {@code ./scrutin} runs once after a build, for the JVM to write down what it loaded and what
 * it called often (JEP 483, 515): all that {@code up} does, with a few hundred votes, and to the
 * end.
 */
final class Rehearsal {
  static final int VOTES = 300;
  private static final int ACCEPTED = 202;

  private Rehearsal() {}

  /**
   * @param arguments the folder where it happens
   */
  public static void main(String[] arguments) throws Exception {
    Path dir = Path.of(arguments[0]).toAbsolutePath().normalize();
    UpCommand.logTo(dir.resolve("logs").resolve("scrutin.log"));
    play(dir, System.out);
    System.exit(0);
  }

  static void play(Path dir, PrintStream out) throws Exception {
    UpOptions options =
        new UpOptions(0, dir, VOTES, new Shape.Together(), true, UpOptions.SETTLING_TIME, true);
    Progress progress = new Progress(out, false, Standalone.steps(options));
    try (Standalone standalone = Standalone.start(options, progress)) {
      for (Credential voter : standalone.voters()) {
        vote(standalone.url(), voter);
      }
    }
  }

  private static void vote(URI door, Credential voter) throws IOException {
    int status = VotePost.send(door, voter, DemoReferendum.LAW_ID, "oui");
    if (status != ACCEPTED) {
      throw new IOException("a vote at the rehearsal had status " + status);
    }
  }
}
