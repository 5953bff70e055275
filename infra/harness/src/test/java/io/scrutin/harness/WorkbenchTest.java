package io.scrutin.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchTest {
  private static final String GOOD = "ack\n";

  @TempDir Path root;
  @TempDir Path copy;

  private Path patch() throws Exception {
    return Files.writeString(
        root.resolve("mine.patch"),
        """
        Bug: acks twice.
        diff --git a/trigger.txt b/trigger.txt
        --- a/trigger.txt
        +++ b/trigger.txt
        @@ -1 +1,2 @@
         ack
        +ack
        diff --git a/new.txt b/new.txt
        new file mode 100644
        --- /dev/null
        +++ b/new.txt
        @@ -0,0 +1 @@
        +more
        """);
  }

  @Test
  void takesABugOutAgainAlsoWhenTheBuildFormattedIt() throws Exception {
    assertThat(new ProcessBuilder("git", "init", "-q").directory(root.toFile()).start().waitFor())
        .isZero();
    Files.writeString(root.resolve("trigger.txt"), GOOD);
    Workbench bench = Workbench.of(root, copy);
    assertThat(bench.plant(patch())).isTrue();
    assertThat(copy.resolve("trigger.txt")).hasContent("ack\nack\n");
    Files.writeString(copy.resolve("trigger.txt"), "  ack\n  ack\n");
    bench.pull();
    assertThat(copy.resolve("trigger.txt")).hasContent(GOOD);
    assertThat(copy.resolve("new.txt")).doesNotExist();
    assertThat(bench.plant(patch())).as("once more").isTrue();
  }
}
