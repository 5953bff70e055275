package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import java.io.PrintWriter;

/**
 * Whom a command speaks to.
 *
 * @param terminal whether bars can be drawn
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /** Beside what is said: whoever keeps the output of a command does not keep its progress. */
  ProgressBar bar(String label, long total) {
    return new ProgressBar(err, terminal, label, total);
  }
}
