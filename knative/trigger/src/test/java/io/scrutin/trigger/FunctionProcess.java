package io.scrutin.trigger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * {@link FunctionMain} in a JVM of its own, until this one ends and its standard input with it.
 *
 * @param url what Knative would give as its address
 */
record FunctionProcess(Process process, URI url) {
  static FunctionProcess start() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            FunctionMain.class.getName());
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said = process.inputReader(StandardCharsets.UTF_8).readLine();
      if (said == null) {
        throw new IOException("the function did not start");
      }
      return new FunctionProcess(process, URI.create(said).resolve("/"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
