package io.scrutin.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's program that answered when asked for its version.
 *
 * @param environment what it needs to run, such as where its libraries lie
 */
public record Program(Path path, Version version, Map<String, String> environment) {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

  public Program {
    environment = Map.copyOf(environment);
  }

  /** Nothing when it does not run here: another architecture, or a library is missing. */
  static Optional<Program> asked(Path path, Map<String, String> environment) {
    Command.Result answer =
        new Command(List.of(path.toString(), "--version"), environment, ANSWER_LIMIT).run();
    return answer.succeeded()
        ? Version.in(answer.output()).map(version -> new Program(path, version, environment))
        : Optional.empty();
  }
}
