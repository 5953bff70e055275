package io.scrutin.simulation;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.credential.Code;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.credential.Nas;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.LocalText;
import io.scrutin.event.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is voted on and who may: the same in every seed, and made once. */
record Election(
    Path keysDir, byte[] macKey, byte[] requestIdKey, BallotKeyPair ballotKey, List<Tag> tags) {
  static final String ENVIRONMENT = "sim";
  static final String LAW = "loi-sim";
  static final List<String> CHOICES = List.of("blanc", "non", "oui");
  private static final int PEOPLE = 400;

  /**
   * @param keysDir an empty folder, for the private half of the ballot key
   */
  static Election in(Path keysDir) throws IOException {
    byte[] pepper = "pepper of the simulated election".getBytes(StandardCharsets.US_ASCII);
    HmacTags scheme = new HmacTags(pepper);
    List<Tag> tags = new ArrayList<>(PEOPLE);
    for (int person = 0; person < PEOPLE; person++) {
      tags.add(scheme.tag(nas(person), new Code("%08d".formatted(person)), LAW));
    }
    BallotKeyPair ballotKey = BallotKeys.generate("sim-key");
    Path file = keysDir.resolve("ballot").resolve("sim-key.key");
    Files.createDirectories(file.getParent());
    KeyFile.write(file, ballotKey.privateKey().toArray());
    return new Election(
        keysDir,
        "mac key of the simulated election".getBytes(StandardCharsets.US_ASCII),
        "request id key of the simulation ".getBytes(StandardCharsets.US_ASCII),
        ballotKey,
        tags);
  }

  /** Nine digits, of which the last makes the sum of Luhn's formula right. */
  private static Nas nas(int person) {
    for (int check = 0; check < 10; check++) {
      var nas = Nas.parse("%08d%d".formatted(13_000_000 + person, check));
      if (nas.isPresent()) {
        return nas.get();
      }
    }
    throw new IllegalStateException("one of ten check digits is right");
  }

  Contest contest(Duration open, int groupSize) {
    Instant opensAt = World.START.minusSeconds(60);
    List<Choice> choices =
        CHOICES.stream().map(id -> new Choice(id, new LocalText(id, id))).toList();
    LocalText title = new LocalText("Loi simulée", "Simulated law");
    return new Contest(
        LAW,
        title,
        title,
        choices,
        opensAt,
        World.START.plus(open),
        new ResultsPolicy(ResultsPolicy.Visibility.LIVE, groupSize),
        HmacTags.NAME,
        ballotKey.toBallotKey());
  }
}
