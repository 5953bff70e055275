package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers that still run on a folder although whoever started them was killed. */
public final class Leftovers {
  private Leftovers() {}

  /** For a folder that nobody will start on again; a start ends its own predecessor itself. */
  public static void stop(Path dir) throws IOException {
    Path root = dir.toAbsolutePath().normalize();
    Path run = root.resolve("run");
    if (!Files.isDirectory(run)) {
      return;
    }
    try (DirectoryStream<Path> pidFiles = Files.newDirectoryStream(run, "*.pid")) {
      for (Path pidFile : pidFiles) {
        // Postgres takes it as "fast"; the others as they take TERM.
        Orphan.of(pidFile, root.toString()).ifPresent(orphan -> orphan.stop("INT"));
      }
    }
  }
}
