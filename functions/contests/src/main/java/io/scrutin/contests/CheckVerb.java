package io.scrutin.contests;

import io.scrutin.contests.CheckResults.Checked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contest check}: for auditors, who need nothing but the files. */
@Command(name = "check", description = "Check a published result's signature; needs no server.")
final class CheckVerb implements Callable<Integer> {
  private final Desk desk;

  @Parameters(paramLabel = "FILE", description = "results-LAW.json, its .sig beside it")
  private Path file = Path.of("");

  @Option(
      names = "--fingerprint",
      description = "the signer's, from another source than the file itself")
  private @Nullable String fingerprint;

  CheckVerb(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws Exception {
    Path signature = PublishVerb.signatureOf(file);
    for (Path needed : List.of(file, signature)) {
      if (!Files.isRegularFile(needed)) {
        return desk.refuse(Desk.MISUSED, List.of("there is no file " + needed));
      }
    }
    return switch (CheckResults.check(
        desk.json(), Files.readAllBytes(file), Files.readAllBytes(signature))) {
      case Checked.Doubtful doubtful ->
          desk.refuse(Desk.REFUSED, List.of("Do not believe " + file + ": " + doubtful.why()));
      case Checked.Genuine genuine -> believe(genuine);
    };
  }

  private int believe(Checked.Genuine genuine) {
    String found = genuine.key().fingerprint();
    if (fingerprint != null && !plain(fingerprint).equals(plain(found))) {
      return desk.refuse(
          Desk.REFUSED,
          List.of("Do not believe " + file + ": another key signed it, with fingerprint " + found));
    }
    ResultsText.print(genuine.document(), desk.out());
    desk.say("");
    desk.say("Genuine: signed at " + genuine.document().publishedAt() + " with the key " + found);
    if (fingerprint == null) {
      desk.say("Compare that fingerprint with the one that was announced.");
    }
    return Desk.DONE;
  }

  private static String plain(String written) {
    return written.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
  }
}
