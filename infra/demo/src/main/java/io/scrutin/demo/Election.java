package io.scrutin.demo;

import io.scrutin.contests.ContestCommand;
import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.standalone.Credentials;
import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What an officer does, command by command: from a list of people to a signed result. */
final class Election {
  static final String LAW_ID = "bibliotheques-2026";

  /** The least that the rules allow: replicas may look at a contest that is ten seconds old. */
  static final Duration MARGIN = Duration.ofSeconds(20);

  private final Commands commands;
  private final Path folder;
  private final DemoOptions options;

  Election(Commands commands, DemoOptions options) {
    this.commands = commands;
    this.folder = options.dir().resolve("election");
    this.options = options;
  }

  List<Credential> prepare() throws IOException {
    Path nas = folder.resolve("nas.csv");
    Credentials.writeInventedNas(nas, options.voters());
    hashgen("issue", "--law", LAW_ID, "--nas", nas.toString(), "--out", folder.toString());
    Path roll = folder.resolve("roll.csv");
    Path hashes = folder.resolve("hashes");
    hashgen("generate", "--in", roll.toString(), "--out", hashes.toString());
    hashgen("load", "--in", hashes.resolve(LAW_ID).toString());
    hashgen("verify", "--in", hashes.resolve(LAW_ID).toString());
    return Credentials.in(roll);
  }

  void open() {
    contest(
        "create",
        "--law",
        LAW_ID,
        "--title-fr",
        "Loi sur les bibliothèques ouvertes le dimanche",
        "--title-en",
        "Act on opening libraries on Sundays",
        "--question-fr",
        "Approuvez-vous que les bibliothèques publiques ouvrent le dimanche ?",
        "--question-en",
        "Do you approve of public libraries opening on Sundays?",
        "--choice",
        "oui=Oui|Yes",
        "--choice",
        "non=Non|No",
        "--opens",
        "now",
        "--closes",
        "PT24H",
        "--policy",
        "at-close",
        "--group-size",
        Integer.toString(options.groupSize()));
    contest("open", LAW_ID);
  }

  void close() {
    contest("close", LAW_ID, "--margin", Long.toString(MARGIN.toSeconds()));
  }

  void publish() throws IOException {
    contest(
        "publish",
        LAW_ID,
        "--out",
        results().toString(),
        "--settling",
        Long.toString(DemoCommand.SETTLING_TIME.toSeconds()));
    Path document = results().resolve("results-" + LAW_ID + ".json");
    // An auditor has it from elsewhere; here nobody else could announce it.
    String fingerprint = Files.readString(results().resolve("results-" + LAW_ID + ".fingerprint"));
    contest("check", document.toString(), "--fingerprint", fingerprint.strip());
  }

  /** Whether it may be published already; what is missing is said by the command itself. */
  Path results() {
    return options.dir().resolve("results");
  }

  private void hashgen(String... arguments) {
    commands.run("hashgen", HashgenCommand::run, arguments);
  }

  private void contest(String... arguments) {
    commands.run("contest", ContestCommand::run, arguments);
  }
}
