package io.scrutin.manifests;

import io.scrutin.servers.RenderingProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program that makes one text of base, stores and overlay. */
final class Kustomize {
  /** Milliseconds in fact; a machine that swaps gets its time. */
  private static final long LIMIT_SECONDS = 60;

  /** What it could not render: a patch without a target, a file that is not there. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private final RenderingProgram program;

  Kustomize(RenderingProgram program) {
    this.program = program;
  }

  String render(Path overlay) throws IOException, InterruptedException, Refused {
    Path out = Files.createTempFile("scrutin-manifests", ".yaml");
    Path err = Files.createTempFile("scrutin-manifests", ".log");
    try {
      List<String> words = new ArrayList<>(program.words());
      words.add(overlay.toString());
      ProcessBuilder builder = new ProcessBuilder(words);
      builder.environment().putAll(program.environment());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new Refused("kustomize did not end within " + LIMIT_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new Refused(Files.readString(err, StandardCharsets.UTF_8).strip());
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }
}
