package io.scrutin.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A short-lived command that is given a limited time. */
record Command(List<String> words, Map<String, String> environment, Duration limit) {
  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    String lastLine() {
      return output.strip().lines().reduce("", (_, line) -> line);
    }
  }

  private static final int NOT_STARTED = 127;
  private static final int TIMED_OUT = 124;

  static Command of(Duration limit, String... words) {
    return new Command(List.of(words), Map.of(), limit);
  }

  /** Never throws for what the command does: a program that does not start has failed, too. */
  Result run() {
    Path output = null;
    try {
      // A file, not a pipe: a grandchild that keeps a pipe open would hold up the reader.
      output = Files.createTempFile("scrutin", ".out");
      return run(output);
    } catch (IOException failure) {
      return new Result(NOT_STARTED, String.valueOf(failure.getMessage()));
    } finally {
      delete(output);
    }
  }

  private Result run(Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        return new Result(TIMED_OUT, words.getFirst() + " took longer than " + limit);
      }
    } catch (InterruptedException stopping) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Result(TIMED_OUT, "interrupted");
    }
    return new Result(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
  }

  private static void delete(@Nullable Path output) {
    if (output != null) {
      try {
        Files.deleteIfExists(output);
      } catch (IOException leftBehind) {
        output.toFile().deleteOnExit();
      }
    }
  }
}
