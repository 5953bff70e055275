package io.scrutin.hashgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command in a process of its own, on the class path that the package has. */
final class Child {
  private Child() {}

  static ProcessBuilder command(Shell shell, List<String> options, String... words)
      throws IOException {
    Path target = Path.of(System.getProperty("scrutin.root"), "hashgen-job", "target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        target.resolve("classes")
            + ":"
            + Files.readString(target.resolve("classpath.txt")).strip());
    command.add(HashgenCommand.class.getName());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(shell.environment());
    return builder;
  }
}
