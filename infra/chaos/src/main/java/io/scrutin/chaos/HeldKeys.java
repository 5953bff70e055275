package io.scrutin.chaos;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.ballot.BallotOpener;
import io.scrutin.console.Surroundings;
import io.scrutin.credential.Code;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.credential.Nas;
import io.scrutin.credential.VoteIds;
import io.scrutin.event.Bytes;
import io.scrutin.event.Tag;
import io.scrutin.standalone.Credentials.Credential;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All keys of the system, which nobody else holds together: who judges must be able to see. */
final class HeldKeys {
  private static final String SUFFIX = ".key";

  private final Surroundings surroundings;
  private final HmacTags tags;
  private final VoteIds voteIds;

  HeldKeys(Map<String, String> surroundings) {
    this.surroundings = new Surroundings(surroundings);
    Path pepper = this.surroundings.path(Surroundings.PEPPER_FILE);
    this.tags = new HmacTags(KeyFile.read(pepper));
    this.voteIds = new VoteIds(KeyFile.read(pepper.resolveSibling("request-id.key")));
  }

  Tag tag(Credential voter, String lawId) {
    return tags.tag(
        Nas.parse(voter.nas()).orElseThrow(), Code.parse(voter.code()).orElseThrow(), lawId);
  }

  /** The place on the roll of each voter, by tag. */
  Map<String, Integer> voters(Map<String, List<Credential>> rolls) {
    Map<String, Integer> voters = new HashMap<>();
    rolls.forEach(
        (lawId, roll) -> {
          for (int voter = 0; voter < roll.size(); voter++) {
            voters.put(tag(roll.get(voter), lawId).bytes().hex(), voter);
          }
        });
    return voters;
  }

  /** The vote id that each intent must be given. */
  Map<Integer, String> voteIds(Entries entries, Map<String, List<Credential>> rolls) {
    Map<Integer, String> ids = new HashMap<>();
    for (Intent intent : entries.sent().values()) {
      Credential voter = rolls.getOrDefault(intent.lawId(), List.of()).get(intent.voter());
      ids.put(
          intent.number(),
          voteIds.fromIdempotencyKey(tag(voter, intent.lawId()), intent.key()).toString());
    }
    return ids;
  }

  BallotOpener ballots() throws IOException {
    List<BallotKeyPair> pairs = new ArrayList<>();
    Path folder = surroundings.path(Surroundings.BALLOT_KEYS_DIR);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String keyId = name.substring(0, name.length() - SUFFIX.length());
        pairs.add(BallotKeys.ofPrivate(keyId, Bytes.of(KeyFile.read(file))));
      }
    }
    return new BallotOpener(pairs);
  }
}
