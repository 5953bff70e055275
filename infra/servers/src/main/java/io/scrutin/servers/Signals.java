package io.scrutin.servers;

import java.time.Duration;

/** Signals that Java does not send itself. */
public final class Signals {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private Signals() {}

  /** Through the shell's own {@code kill}: a bare container has no program of that name. */
  public static void send(long pid, String signal) {
    Command.of(LIMIT, "sh", "-c", "kill -s \"$0\" \"$1\"", signal, Long.toString(pid)).run();
  }
}
