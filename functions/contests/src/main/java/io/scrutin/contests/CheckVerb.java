package io.scrutin.contests;

import io.scrutin.contests.CheckResults.Checked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contest check}: for auditors, who need nothing but the files. */
@Command(name = "check", description = "Check a published result's signature; needs no server.")
final class CheckVerb implements Callable<Integer> {
  private static final long MOST_BYTES = 4 * 1024 * 1024;

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
    if (fingerprint != null && !PublicSigningKey.isFingerprint(fingerprint)) {
      return desk.refuse(
          Desk.MISUSED,
          List.of("--fingerprint: it is 64 hexadecimal digits, with blanks (quoted) or without"));
    }
    Path signature = PublishVerb.signatureOf(file);
    for (Path needed : List.of(file, signature)) {
      if (!Files.isRegularFile(needed)) {
        return desk.refuse(Desk.MISUSED, List.of("there is no file " + needed));
      }
    }
    return switch (read(signature)) {
      case Checked.Doubtful doubtful -> doubt(doubtful.why());
      case Checked.Signed signed -> judge(signed);
    };
  }

  private Checked read(Path signature) throws IOException {
    // As much as contests.publication takes.
    if (Files.size(file) > MOST_BYTES || Files.size(signature) > MOST_BYTES) {
      return CheckResults.NOT_OURS;
    }
    return CheckResults.check(desk.json(), Files.readAllBytes(file), Files.readAllBytes(signature));
  }

  /** Nothing is shown of a document before it is known whose it is. */
  private int judge(Checked.Signed signed) {
    String found = signed.key().fingerprint();
    if (fingerprint == null) {
      return desk.refuse(
          Desk.REFUSED,
          List.of(
              "The signature fits its own key; who signed was not checked: give --fingerprint.",
              "It comes from those who announced it, not from where the file comes from.",
              "This key's is " + found));
    }
    if (!signed.key().hasFingerprint(fingerprint)) {
      return doubt("another key signed it, with fingerprint " + found);
    }
    ResultsText.print(signed.document(), desk.out());
    desk.say("");
    desk.say("Genuine: signed at " + signed.document().publishedAt() + " with the key " + found);
    return Desk.DONE;
  }

  private int doubt(String why) {
    return desk.refuse(Desk.REFUSED, List.of("Do not believe " + file + ": " + why));
  }
}
