package io.scrutin.contests;

import io.scrutin.broker.BrokerLink;
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
    if (before.isPresent()) {
      desk.say(law + " is published already: nothing to do but to write it down again.");
      return write(before.get());
    }
    SigningKey key = SigningKey.inFile(desk.surroundings().path(Surroundings.SIGNING_KEY_FILE));
    try (BrokerLink broker = desk.broker()) {
      VoteReaders readers =
          new VoteReaders(desk.connected(broker), desk.surroundings().environment());
      PublishContest publish =
          new PublishContest(desk.book(), desk.database(), readers, books, key, desk.json());
      return switch (publish.publish(law, Duration.ofSeconds(settlingSeconds))) {
        case Change.Refused refused -> desk.refuse(refused);
        case Change.Done _, Change.NothingToDo _ -> write(publish.published(law).orElseThrow());
      };
    }
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
    ResultsText.print(document, desk.out());
    desk.say("");
    desk.say("Signed   " + json + ", its signature beside it (.sig)");
    desk.say("To print " + page);
    desk.say("Key      " + PublicSigningKey.ofBase64(document.signingKey()).fingerprint());
    desk.say("         Give this fingerprint to those who are to check the result.");
    return Desk.DONE;
  }

  /** Raw bytes: what openssl takes as it is. */
  static Path signatureOf(Path document) {
    return document.resolveSibling(document.getFileName() + ".sig");
  }
}
