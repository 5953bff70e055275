package io.scrutin.standalone;

import java.io.PrintStream;
import java.time.Duration;

/** Says what is being waited for, and how long it took. */
public final class Progress {
  /** Something that takes a while. */
  interface Work<T> {
    T run() throws Exception;
  }

  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private final int steps;
  private int done;

  public Progress(PrintStream out, boolean terminal, int steps) {
    this.out = out;
    this.terminal = terminal;
    this.steps = steps;
  }

  <T> T step(String what, Work<T> work) throws Exception {
    done++;
    if (terminal) {
      out.print(CLEAR_LINE + bar() + " " + what + " …");
      out.flush();
    }
    long start = System.nanoTime();
    T result = work.run();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    out.printf("%s%s %s (%,d ms)%n", terminal ? CLEAR_LINE : "", bar(), what, millis);
    return result;
  }

  private String bar() {
    return "[" + "#".repeat(done) + " ".repeat(Math.max(0, steps - done)) + "]";
  }
}
