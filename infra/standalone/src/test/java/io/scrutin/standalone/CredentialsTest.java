package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path dir;

  @Test
  void keepsAListOfNasForItsOwnerAlone() throws Exception {
    Path list = dir.resolve("roll").resolve("nas.csv");
    Credentials.writeInventedNas(list, 2);
    assertThat(Files.readAllLines(list)).hasSize(3).startsWith("nas");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(list)))
        .isEqualTo("rw-------");
  }
}
