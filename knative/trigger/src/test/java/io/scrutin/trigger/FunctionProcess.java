package io.scrutin.trigger;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@link FunctionMain} in a JVM of its own. */
final class FunctionProcess implements AutoCloseable {
  private final Process process;
  private final URI url;

  FunctionProcess() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            FunctionMain.class.getName());
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    var said = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (said == null) {
      throw new IOException("the function did not start");
    }
    this.url = URI.create(said);
  }

  /** What Knative would give as its address. */
  URI url() {
    return url.resolve("/");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
