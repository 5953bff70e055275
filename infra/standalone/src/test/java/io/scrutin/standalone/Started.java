package io.scrutin.standalone;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A system that a test starts for itself. */
final class Started {
  private Started() {}

  static Standalone on(Path dir, int voters, Shape shape) throws Exception {
    return Standalone.start(
        new UpOptions(0, dir, voters, shape, true, UpOptions.SETTLING_TIME, false), quietly());
  }

  static Progress quietly() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, 1);
  }
}
