package io.scrutin.standalone;

import io.scrutin.console.ScrutinCommand;
import io.scrutin.contests.ContestCommand;
import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The referendum that {@code up} opens, made by the commands that an election is made by. Whatever
 * of it a crash cut short, the next start goes on with: each command does nothing twice.
 */
final class DemoReferendum {
  static final String LAW_ID = "demo-2026";

  private static final Duration OPEN_FOR = Duration.ofDays(365);

  private final Path folder;
  private final Map<String, String> surroundings;

  DemoReferendum(Path dir, Map<String, String> surroundings) {
    this.folder = dir.resolve("demo");
    this.surroundings = Map.copyOf(surroundings);
  }

  static Path roll(Path dir) {
    return dir.resolve("demo").resolve("roll.csv");
  }

  /**
   * @param voters how many there are when the folder is new
   */
  List<Credential> open(int voters) throws IOException {
    Path roll = folder.resolve("roll.csv");
    if (!Files.exists(roll)) {
      Path nas = folder.resolve("nas.csv");
      Credentials.writeInventedNas(nas, voters);
      hashgen("issue", "--law", LAW_ID, "--nas", nas.toString(), "--out", folder.toString());
    }
    Path hashes = folder.resolve("hashes");
    if (!Files.exists(hashes.resolve(LAW_ID).resolve("manifest.json"))) {
      hashgen("generate", "--in", roll.toString(), "--out", hashes.toString());
    }
    hashgen("load", "--in", hashes.resolve(LAW_ID).toString());
    if (!exists()) {
      create();
    }
    run(ContestCommand::run, List.of("open", LAW_ID));
    return Credentials.in(roll);
  }

  private boolean exists() {
    StringWriter found = new StringWriter();
    PrintWriter out = new PrintWriter(found);
    return ContestCommand.run(List.of("show", LAW_ID), surroundings, out, out) == 0;
  }

  /** Ballots are opened one by one, so that whoever tries it sees their vote counted at once. */
  private void create() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    run(
        ContestCommand::run,
        List.of(
            "create",
            "--law",
            LAW_ID,
            "--title-fr",
            "Démonstration : loi sur les bibliothèques ouvertes le dimanche",
            "--title-en",
            "Demonstration: act on opening libraries on Sundays",
            "--question-fr",
            "Approuvez-vous que les bibliothèques publiques ouvrent le dimanche ?",
            "--question-en",
            "Do you approve of public libraries opening on Sundays?",
            "--choice",
            "oui=Oui|Yes",
            "--choice",
            "non=Non|No",
            "--opens",
            now.toString(),
            "--closes",
            now.plus(OPEN_FOR).toString(),
            "--policy",
            "live",
            "--group-size",
            "1",
            "--allow-group-of-one"));
  }

  private void hashgen(String... arguments) {
    run(HashgenCommand::run, List.of(arguments));
  }

  private void run(ScrutinCommand command, List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status = command.run(arguments, surroundings, out, out);
    if (status != 0) {
      throw new IllegalStateException(
          arguments.getFirst() + " of the demo referendum failed: " + said.toString().strip());
    }
  }
}
