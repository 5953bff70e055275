package io.scrutin.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a {@code /proc} of its own: what a process used is then known. */
final class ProcessUseTest {
  @TempDir Path proc;

  private void process(long pid, long parent, int userTicks, int endedChildrensTicks, long kib)
      throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        "%d (a (strange) name) S %d 1 1 0 -1 0 0 0 0 0 %d 0 %d 0 20 0 1 0 1 1 1\n"
            .formatted(pid, parent, userTicks, endedChildrensTicks));
    Files.writeString(
        folder.resolve("smaps_rollup"),
        "Rss: 999999 kB\nPss:    %d kB\nPss_Anon: 1 kB\n".formatted(kib));
  }

  @Test
  void addsUpAProcessAndItsChildren() throws IOException {
    process(10, 1, 500, 250, 100);
    process(11, 10, 200, 0, 50);
    process(12, 11, 100, 0, 25);
    process(99, 1, 7_000, 0, 7_000);
    assertThat(new ProcessUse(proc).of(Map.of("postgres", 10L)))
        .containsOnly(Map.entry("postgres", new ProcessUse.Use(10.5, 175 * 1024)));
  }

  @Test
  void aChildWithANameOfItsOwnIsNotItsParents() throws IOException {
    process(10, 1, 500, 0, 100);
    process(11, 10, 200, 0, 50);
    assertThat(new ProcessUse(proc).cpuSeconds(Map.of("system", 10L, "redis", 11L)))
        .containsOnly(Map.entry("system", 5.0), Map.entry("redis", 2.0));
  }

  @Test
  void whoHasEndedUsesNothing() throws IOException {
    assertThat(new ProcessUse(proc).cpuSeconds(Map.of("submit", 12L)))
        .containsOnly(Map.entry("submit", 0.0));
  }
}
