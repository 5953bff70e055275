package io.scrutin.standalone;

import io.scrutin.ballot.BallotKeyPair;
import io.scrutin.ballot.BallotKeys;
import io.scrutin.credential.HmacTags;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest.BallotKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The secret keys of a standalone system, one folder for each function that holds any: pepper and
 * request-id key for submit alone, the ballot key for tally alone, the MAC key for submit and
 * verify.
 */
final class Keys {
  private static final int KEY_BYTES = 32;
  private static final String BALLOT_KEY_ID = "demo-1";

  private final Path folder;
  private final SecureRandom random = new SecureRandom();

  Keys(Path dir) {
    this.folder = dir.resolve("keys");
  }

  void makeMissing() throws IOException {
    makeIfMissing(of("submit").resolve("pepper.key"));
    makeIfMissing(of("submit").resolve("request-id.key"));
    Path mac = of("submit").resolve("mac.key");
    makeIfMissing(mac);
    Path copy = of("verify").resolve("mac.key");
    if (!Files.exists(copy)) {
      KeyFile.write(copy, KeyFile.read(mac));
    }
    if (!Files.exists(ballotKeyFile())) {
      KeyFile.write(ballotKeyFile(), BallotKeys.generate(BALLOT_KEY_ID).privateKey().toArray());
    }
  }

  private void makeIfMissing(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] key = new byte[KEY_BYTES];
      random.nextBytes(key);
      KeyFile.write(file, key);
    }
  }

  /** The folder that a function is given. */
  Path of(String function) {
    return folder.resolve(function);
  }

  private Path ballotKeyFile() {
    return of("tally").resolve("ballot").resolve(BALLOT_KEY_ID + ".key");
  }

  BallotKey ballotKey() {
    BallotKeyPair pair =
        BallotKeys.ofPrivate(BALLOT_KEY_ID, Bytes.of(KeyFile.read(ballotKeyFile())));
    return pair.toBallotKey();
  }

  HmacTags tags() {
    return new HmacTags(KeyFile.read(of("submit").resolve("pepper.key")));
  }
}
