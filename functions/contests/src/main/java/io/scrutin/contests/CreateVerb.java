package io.scrutin.contests;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.console.Surroundings;
import io.scrutin.contests.ContestDraft.ChoiceDraft;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.Contest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code contest create}. */
@Command(
    name = "create",
    description = "Make a contest and its ballot key. Nobody sees it before it is opened.")
final class CreateVerb implements Callable<Integer> {
  private static final int KEY_NAME_BYTES = 6;
  private static final int MOST_OF_THE_LAW = 40;

  private final Desk desk;

  @Option(names = "--file", description = "a contest in YAML or JSON; options override it")
  private @Nullable Path file;

  @Option(names = "--law")
  private @Nullable String law;

  @Option(names = "--title-fr")
  private @Nullable String titleFr;

  @Option(names = "--title-en")
  private @Nullable String titleEn;

  @Option(names = "--question-fr")
  private @Nullable String questionFr;

  @Option(names = "--question-en")
  private @Nullable String questionEn;

  @Option(names = "--choice", paramLabel = "ID=FR|EN", description = "2 to 500 of them")
  private List<String> choices = new ArrayList<>();

  @Option(names = "--opens", description = "now, or a moment with its offset")
  private @Nullable String opens;

  @Option(names = "--closes", description = "a moment, or a time after the opening (PT24H)")
  private @Nullable String closes;

  @Option(names = "--policy", description = "at-close (default) or live: when counts are shown")
  private @Nullable String policy;

  @Option(names = "--group-size", description = "ballots are opened so many at a time (30)")
  private @Nullable String groupSize;

  @Option(names = "--tag-scheme", description = "how the roll was made (hmac-sha256)")
  private @Nullable String tagScheme;

  @Option(names = "--allow-group-of-one", description = "for demonstrations: hides nobody")
  private boolean groupOfOneAllowed;

  CreateVerb(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() throws Exception {
    ContestDraft draft;
    try {
      draft = draft();
    } catch (ContestFile.Unreadable unreadable) {
      return desk.refuse(Desk.REFUSED, List.of(String.valueOf(unreadable.getMessage())));
    }
    return switch (CheckDraft.check(draft, desk.book().now())) {
      case Drafted.Wrong wrong -> desk.refuse(Desk.REFUSED, wrong.faults());
      case Drafted.Valid valid -> create(valid);
    };
  }

  private int create(Drafted.Valid valid) throws Exception {
    Path keys = desk.surroundings().path(Surroundings.BALLOT_KEYS_DIR);
    ContestBook book = desk.book();
    BallotKeyPair key = BallotKeys.generate(keyId(valid.lawId()));
    Contest contest = valid.with(key.toBallotKey());
    Change change = ChangeContest.create(book.find(valid.lawId()), contest);
    if (change instanceof Change.Done done) {
      // The key first. A crash after it leaves a key that nothing was sealed to; the other way
      // round it would leave a contest whose ballots nobody could ever open.
      KeyFile.write(keys.resolve(key.keyId() + ".key"), key.privateKey().toArray());
      if (book.insert(done.row())) {
        valid.warnings().forEach(warning -> desk.say("Warning: " + warning + "."));
        desk.say("Created " + valid.lawId() + ", a draft. Its ballot key is " + key.keyId() + ":");
        desk.say("keep " + keys.resolve(key.keyId() + ".key") + " safe, and for tally alone.");
        desk.say("Next: ./scrutin contest open " + valid.lawId());
        return Desk.DONE;
      }
      // Somebody else made one in between; the key that was just written belongs to nothing.
      change = ChangeContest.create(book.find(valid.lawId()), contest);
    }
    if (change instanceof Change.Refused refused) {
      return desk.refuse(refused);
    }
    desk.say("There is this contest already: nothing to do.");
    return Desk.DONE;
  }

  private static String keyId(String lawId) {
    byte[] random = new byte[KEY_NAME_BYTES];
    new SecureRandom().nextBytes(random);
    // A key that would be found by its law alone could be written over by the next of that law.
    String name = lawId.substring(0, Math.min(lawId.length(), MOST_OF_THE_LAW));
    return name.replaceAll("[^A-Za-z0-9-]", "-") + "-" + HexFormat.of().formatHex(random);
  }

  private ContestDraft draft() throws IOException, ContestFile.Unreadable {
    ContestDraft written = ContestFile.read(file == null ? "{}" : Files.readString(file));
    return new ContestDraft(
        first(law, written.law()),
        first(titleFr, written.titleFr()),
        first(titleEn, written.titleEn()),
        first(questionFr, written.questionFr()),
        first(questionEn, written.questionEn()),
        choices.isEmpty() ? written.choices() : choices.stream().map(CreateVerb::choice).toList(),
        first(opens, written.opens()),
        first(closes, written.closes()),
        first(policy, written.policy()),
        first(groupSize, written.groupSize()),
        first(tagScheme, written.tagScheme()),
        groupOfOneAllowed);
  }

  /** A part that is not there is a field that is missing, and is said to be. */
  private static ChoiceDraft choice(String written) {
    int equals = written.indexOf('=');
    int bar = written.indexOf('|', Math.max(equals, 0));
    return new ChoiceDraft(
        equals < 0 ? written : written.substring(0, equals),
        equals < 0 ? null : written.substring(equals + 1, bar < 0 ? written.length() : bar),
        bar < 0 ? null : written.substring(bar + 1));
  }

  private static @Nullable String first(@Nullable String option, @Nullable String written) {
    return option == null ? written : option;
  }
}
