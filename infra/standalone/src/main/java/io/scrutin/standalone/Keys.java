package io.scrutin.standalone;

import io.scrutin.console.Surroundings;
import io.scrutin.credential.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The secret keys of a standalone system, one folder for each function that holds any: pepper and
 * request-id key for submit alone, the ballot key for tally alone, the MAC key for submit and
 * verify.
 */
final class Keys {
  private static final int KEY_BYTES = 32;

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
    // Tally looks for the keys of new contests in it.
    Files.createDirectories(ballotKeys());
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

  private Path ballotKeys() {
    return of("tally").resolve("ballot");
  }

  private Path passwords() {
    return folder.resolve("postgres");
  }

  /** What a role of the database logs in with; made when it is first asked for. */
  String password(String function) throws IOException {
    Path file = passwords().resolve(function);
    if (!Files.exists(file)) {
      byte[] password = new byte[KEY_BYTES];
      random.nextBytes(password);
      Files.createDirectories(passwords());
      Path draft = PrivateFiles.create(passwords().resolve(function + ".draft"));
      Files.writeString(draft, HexFormat.of().formatHex(password));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** Where commands find them. */
  Map<String, String> places() {
    return Map.of(
        Surroundings.POSTGRES_PASSWORDS_DIR, passwords().toString(),
        Surroundings.PEPPER_FILE, of("submit").resolve("pepper.key").toString(),
        Surroundings.BALLOT_KEYS_DIR, ballotKeys().toString(),
        Surroundings.SIGNING_KEY_FILE, of("contests").resolve("results-signing.key").toString());
  }
}
