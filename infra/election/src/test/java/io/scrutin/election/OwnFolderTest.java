package io.scrutin.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnFolderTest {
  private final List<Path> ended = new ArrayList<>();

  @TempDir Path dir;

  @Test
  void isEmptiedOnceWhatWasLeftInItHasEnded() throws Exception {
    Path folder = dir.resolve("election");
    OwnFolder.empty(folder, "chaos", ended::add);
    assertThat(ended).as("nothing was there").isEmpty();
    Path old = Files.createDirectories(folder.resolve("logs")).resolve("old.log");
    Files.createFile(old);
    OwnFolder.empty(folder, "chaos", ended::add);
    assertThat(ended).containsExactly(folder);
    assertThat(old).doesNotExist();
  }

  @Test
  void leavesWhatSomebodyElseMade() throws Exception {
    Path theirs = Files.createFile(dir.resolve("thesis.txt"));
    assertThatThrownBy(() -> OwnFolder.empty(dir, "chaos", ended::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--dir");
    OwnFolder.empty(dir.resolve("demo"), "demo", ended::add);
    assertThatThrownBy(() -> OwnFolder.empty(dir.resolve("demo"), "chaos", ended::add))
        .hasMessageContaining("./scrutin chaos");
    assertThat(theirs).exists();
    assertThat(ended).isEmpty();
  }
}
