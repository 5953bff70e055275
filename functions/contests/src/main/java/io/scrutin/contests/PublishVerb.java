package io.scrutin.contests;

import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.VoteReaders;
import io.scrutin.console.Surroundings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code contest publish}. */
@Command(
    name = "publish",
    description = "Certify the result, once nothing of it can move, and write it down, signed.")
final class PublishVerb implements Callable<Integer> {
  private final Desk desk;
  private final Function<String, BooksRead> books;

  @Parameters(paramLabel = "LAW")
  private String law = "";

  @Option(names = "--out", description = "the folder of the files (this one)")
  private Path folder = Path.of("");

  @Option(names = "--settling", description = "seconds after the end until votes have arrived (60)")
  private long settlingSeconds = 60;

  PublishVerb(Desk desk, Function<String, BooksRead> books) {
    this.desk = desk;
    this.books = books;
  }

  @Override
  public Integer call() throws Exception {
    if (settlingSeconds < 0) {
      return desk.refuse(Desk.MISUSED, List.of("--settling is not negative"));
    }
    Optional<Publication> before = new Publications(desk.database()).find(law);
    Path keyFile = desk.surroundings().path(Surroundings.SIGNING_KEY_FILE);
    if (before.isPresent()) {
      // A key made now could not have signed it.
      return Files.exists(keyFile) && isOurs(before.get(), SigningKey.inFile(keyFile))
          ? writeAgain(before.get())
          : refuseStranger(keyFile);
    }
    SigningKey key = SigningKey.inFile(keyFile);
    try (BrokerLink broker = desk.broker()) {
      VoteReaders readers =
          new VoteReaders(desk.connected(broker), desk.surroundings().environment());
      PublishContest publish =
          new PublishContest(desk.book(), desk.database(), readers, books, key, desk.json());
      return switch (publish.publish(law, Duration.ofSeconds(settlingSeconds))) {
        case Change.Refused refused -> desk.refuse(refused);
        case Change.Done _, Change.NothingToDo _ -> {
          Publication kept = publish.published(law).orElseThrow();
          yield isOurs(kept, key) ? write(kept) : refuseStranger(keyFile);
        }
      };
    }
  }

  /** What is kept may have been put there by another, and would be announced as ours. */
  private boolean isOurs(Publication publication, SigningKey key) {
    return CheckResults.check(
                desk.json(), publication.document().toArray(), publication.signature().toArray())
            instanceof CheckResults.Checked.Signed signed
        && signed.key().hasFingerprint(key.publicKey().fingerprint())
        && signed.document().lawId().equals(law);
  }

  private int refuseStranger(Path keyFile) {
    return desk.refuse(
        Desk.REFUSED,
        List.of(
            "What Postgres keeps as the result of " + law + " is not signed with " + keyFile + ".",
            "Nothing is written. If that key was replaced after publishing, put the old one there.",
            "If it was not, somebody changed what is kept: the files that were written at first hold,",
            "if ./scrutin contest check FILE --fingerprint says so with the one announced then."));
  }

  private int writeAgain(Publication publication) throws Exception {
    desk.say(law + " is published already: nothing to do but to write it down again.");
    return write(publication);
  }

  private int write(Publication publication) throws Exception {
    byte[] bytes = publication.document().toArray();
    ResultsDocument document = desk.json().readValue(bytes, ResultsDocument.class);
    Files.createDirectories(folder.toAbsolutePath());
    Path json = folder.resolve("results-" + law + ".json");
    Path page = folder.resolve("results-" + law + ".html");
    Files.write(json, bytes);
    Files.write(signatureOf(json), publication.signature().toArray());
    Files.write(page, ResultsPage.of(document).getBytes(StandardCharsets.UTF_8));
    String fingerprint = PublicSigningKey.ofBase64(document.signingKey()).fingerprint();
    Files.writeString(folder.resolve("results-" + law + ".fingerprint"), fingerprint + "\n");
    ResultsText.print(document, desk.out());
    desk.say("");
    desk.say("Signed   " + json + ", its signature beside it (.sig)");
    desk.say("To print " + page);
    desk.say("Key      " + fingerprint);
    desk.say("         Give this fingerprint to those who are to check the result, by another way");
    desk.say("         than the document. It is in results-" + law + ".fingerprint.");
    return Desk.DONE;
  }

  /** Raw bytes: what openssl takes as it is. */
  static Path signatureOf(Path document) {
    return document.resolveSibling(document.getFileName() + ".sig");
  }
}
