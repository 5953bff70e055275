package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final byte[] KEY = new byte[32];

  static {
    for (int i = 0; i < KEY.length; i++) {
      KEY[i] = (byte) (7 * i);
    }
  }

  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("ballot").resolve("key-1.key");
    KeyFile.write(file, KEY);
    assertThat(KeyFile.read(file)).isEqualTo(KEY);
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void letsNobodyButTheOwnerRead() throws IOException {
    Path file = folder.resolve("pepper.key");
    KeyFile.write(file, KEY);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void neverReplacesAKey() throws IOException {
    Path file = folder.resolve("pepper.key");
    KeyFile.write(file, KEY);
    assertThatThrownBy(() -> KeyFile.write(file, new byte[32]))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(KeyFile.read(file)).isEqualTo(KEY);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void readsKeysWrittenByHand() throws IOException {
    String digits = "AB".repeat(32);
    assertThat(KeyFile.read(written(digits))).hasSize(32).containsOnly(0xab);
    assertThat(KeyFile.read(written("  " + digits + "\r\n"))).hasSize(32);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "c0ffee", "secret and no hexadecimal at all, but long enough"})
  void refusesWhatIsNoKeyWithoutShowingIt(String content) throws IOException {
    Path file = written(content);
    assertThatThrownBy(() -> KeyFile.read(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("by-hand.key")
        .hasStackTraceContaining("hexadecimal")
        .satisfies(
            failure ->
                assertThat(String.valueOf(failure.getCause())).doesNotContain("c0ffee", "secret"));
  }

  @Test
  void refusesAFileThatIsTooLongForAKey() throws IOException {
    assertThatThrownBy(() -> KeyFile.read(written("ab".repeat(1000))))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThatThrownBy(() -> KeyFile.read(folder.resolve("mac.key")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("mac.key");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 600})
  void writesNoKeyOfAnotherLength(int length) {
    Path file = folder.resolve("pepper.key");
    assertThatThrownBy(() -> KeyFile.write(file, new byte[length]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  private Path written(String content) throws IOException {
    return Files.writeString(folder.resolve("by-hand.key"), content);
  }
}
