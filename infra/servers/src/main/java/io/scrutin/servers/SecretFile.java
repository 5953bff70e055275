package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Files that only their owner may read, from the first byte on. */
final class SecretFile {
  private static final int PASSWORD_BYTES = 24;

  private SecretFile() {}

  static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  static void write(Path file, String line) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    // A temporary file is made with 0600.
    Path written = Files.createTempFile(parent, "secret", ".tmp");
    Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(written, line + "\n");
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
