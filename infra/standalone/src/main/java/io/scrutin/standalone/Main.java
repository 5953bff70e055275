package io.scrutin.standalone;

import io.scrutin.audit.AuditCommand;
import io.scrutin.console.ScrutinCommand;
import io.scrutin.contests.ContestCommand;
import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.parked.ParkedCommand;
import io.scrutin.reconcile.ReconcileCommand;
import io.scrutin.report.ReportCommand;
import io.scrutin.streams.StreamsCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./scrutin}: {@code up}, and the commands that work on what is up. */
public final class Main {
  /** Each in a module of its own, which a cluster runs as a job. */
  static final Map<String, ScrutinCommand> COMMANDS =
      Map.of(
          "contest", ContestCommand::run,
          "hashgen", HashgenCommand::run,
          "reconcile", ReconcileCommand::run,
          "report", Main::report,
          "parked", ParkedCommand::run,
          "streams", StreamsCommand::run);

  private static final String FOLDER = "--dir";

  private Main() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(arguments));
    String name = words.isEmpty() ? "" : words.removeFirst();
    if (name.equals("up")) {
      UpCommand.run(words);
      return;
    }
    ScrutinCommand command = COMMANDS.get(name);
    if (command == null) {
      System.err.println("scrutin: there is no command '" + name + "'; see ./scrutin help");
      System.exit(2);
      return;
    }
    Path dir = Path.of(takeFolder(words).orElse(".scrutin")).toAbsolutePath().normalize();
    UpCommand.logTo(dir.resolve("logs").resolve(name + ".log"));
    Map<String, String> surroundings = FoundSystem.surroundings(dir, System.getenv());
    ScrutinCommand.exit(command, words, surroundings);
  }

  /** A report is read over HTTP; a decision is written, as audit. */
  private static int report(
      List<String> words, Map<String, String> surroundings, PrintWriter out, PrintWriter err) {
    return words.contains("decide")
        ? AuditCommand.run(words, surroundings, out, err)
        : ReportCommand.run(words, surroundings, out, err);
  }

  /** Which system is meant is not the command's own business, so it never sees this option. */
  private static Optional<String> takeFolder(List<String> words) {
    int at = words.indexOf(FOLDER);
    if (at < 0 || at + 1 >= words.size()) {
      return Optional.empty();
    }
    words.remove(at);
    return Optional.of(words.remove(at));
  }
}
