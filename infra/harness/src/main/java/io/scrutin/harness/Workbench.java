package io.scrutin.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A copy of the product, where bugs are planted and pulled out again: one copy for all, so that
 * only what a bug changes is built anew.
 */
final class Workbench {
  /** Of a command: what it ended with, and all it said. */
  record Ran(int status, List<String> lines, Duration took) {}

  private static final int OUT_OF_TIME = 124;

  private final Path copy;

  private Workbench(Path copy) {
    this.copy = copy;
  }

  /** What is tracked or could be, and nothing that was built. */
  static Workbench of(Path root, Path copy) throws IOException, InterruptedException {
    Ran listed =
        run(
            root,
            List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"),
            Duration.ofMinutes(1));
    if (listed.status() != 0) {
      throw new IOException("git does not tell what " + root + " holds");
    }
    for (String name : listed.lines()) {
      Path from = root.resolve(name);
      if (Files.isRegularFile(from)) {
        Path to = copy.resolve(name);
        Files.createDirectories(to.getParent());
        Files.copy(
            from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Workbench bench = new Workbench(copy);
    // Only within a repository does git apply read paths from its root.
    bench.git("init", "-q");
    bench.git("add", "--all");
    return bench;
  }

  boolean plant(Path patch) throws IOException, InterruptedException {
    return git("apply", patch.toString()).status() == 0;
  }

  /** Not by the patch, backwards: what the build formatted it does not fit any more. */
  void pull() throws IOException, InterruptedException {
    if (git("checkout", "-q", "--", ".").status() != 0 || git("clean", "-fdq").status() != 0) {
      throw new IOException("the bug cannot be taken out of " + copy + " again");
    }
  }

  private Ran git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return run(copy, command, Duration.ofMinutes(1));
  }

  /** One of Scrutin's commands, in the copy; what changed is built first. */
  Ran scrutin(List<String> arguments, Duration bound) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(copy.resolve("scrutin").toString()));
    command.addAll(arguments);
    return run(copy, command, bound);
  }

  private static Ran run(Path dir, List<String> command, Duration bound)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("scrutin-harness", ".log");
    long begun = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      boolean ended = process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        // SIGTERM: whoever started servers stops them then.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.waitFor();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      return new Ran(ended ? process.exitValue() : OUT_OF_TIME, Files.readAllLines(said), took);
    } finally {
      Files.delete(said);
    }
  }
}
