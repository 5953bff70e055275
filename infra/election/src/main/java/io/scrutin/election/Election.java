package io.scrutin.election;

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
public final class Election {
  /**
   * What is decided beforehand.
   *
   * @param voters how many are on the roll
   * @param choices by their ids; two
   * @param policy when counts are shown: {@code live} or {@code at-close}
   * @param groupSize the K of the contest
   * @param settlingTime how long after the end votes that came in time may still be on their way
   */
  public record Terms(
      String lawId,
      int voters,
      List<String> choices,
      String policy,
      int groupSize,
      Duration settlingTime) {}

  /** The least that the rules allow: replicas may look at a contest that is ten seconds old. */
  public static final Duration MARGIN = Duration.ofSeconds(20);

  private final Commands commands;
  private final Path folder;
  private final Path results;
  private final Terms terms;

  /**
   * @param folder for the roll and its hashes
   * @param results for what is published
   */
  public Election(Commands commands, Path folder, Path results, Terms terms) {
    this.commands = commands;
    this.folder = folder;
    this.results = results;
    this.terms = terms;
  }

  public List<Credential> prepare() throws IOException {
    return Credentials.in(prepareRoll());
  }

  /** The same, for who does not want millions of credentials as objects. */
  public Path prepareRoll() throws IOException {
    Path nas = folder.resolve("nas.csv");
    Credentials.writeInventedNas(nas, terms.voters());
    hashgen("issue", "--law", terms.lawId(), "--nas", nas.toString(), "--out", folder.toString());
    Path roll = folder.resolve("roll.csv");
    Path hashes = folder.resolve("hashes");
    hashgen("generate", "--in", roll.toString(), "--out", hashes.toString());
    hashgen("load", "--in", hashes.resolve(terms.lawId()).toString());
    hashgen("verify", "--in", hashes.resolve(terms.lawId()).toString());
    return roll;
  }

  public void open() {
    contest(
        "create",
        "--law",
        terms.lawId(),
        "--title-fr",
        "Loi sur les bibliothèques ouvertes le dimanche",
        "--title-en",
        "Act on opening libraries on Sundays",
        "--question-fr",
        "Approuvez-vous que les bibliothèques publiques ouvrent le dimanche ?",
        "--question-en",
        "Do you approve of public libraries opening on Sundays?",
        "--choice",
        terms.choices().getFirst() + "=Oui|Yes",
        "--choice",
        terms.choices().getLast() + "=Non|No",
        "--opens",
        "now",
        "--closes",
        "PT24H",
        "--policy",
        terms.policy(),
        "--group-size",
        Integer.toString(terms.groupSize()));
    contest("open", terms.lawId());
  }

  public void close() {
    contest("close", terms.lawId(), "--margin", Long.toString(MARGIN.toSeconds()));
  }

  public void publish() throws IOException {
    contest(
        "publish",
        terms.lawId(),
        "--out",
        results.toString(),
        "--settling",
        Long.toString(terms.settlingTime().toSeconds()));
    Path document = results.resolve("results-" + terms.lawId() + ".json");
    // An auditor has it from elsewhere; here nobody else could announce it.
    String fingerprint =
        Files.readString(results.resolve("results-" + terms.lawId() + ".fingerprint"));
    contest("check", document.toString(), "--fingerprint", fingerprint.strip());
  }

  public Path results() {
    return results;
  }

  private void hashgen(String... arguments) {
    commands.run("hashgen", HashgenCommand::run, arguments);
  }

  private void contest(String... arguments) {
    commands.run("contest", ContestCommand::run, arguments);
  }
}
