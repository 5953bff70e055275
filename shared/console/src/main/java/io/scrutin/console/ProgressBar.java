package io.scrutin.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How far a long piece of work is: a bar that redraws itself on a terminal, and elsewhere, where
 * every redrawing would be a line of a log, one plain line for a tenth that took a while.
 */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long NANOS_A_SECOND = 1_000_000_000;

  /** Ten times a second: oftener than it can be read costs more than what it tells. */
  private static final long REDRAW_NANOS = NANOS_A_SECOND / 10;

  /** Where nothing is redrawn; the last line is written in any case. */
  private static final long LINE_NANOS = 2 * NANOS_A_SECOND;

  private final PrintWriter out;
  private final boolean terminal;
  private final String label;
  private final long total;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private long drawnAt;
  private long done;
  private long tenthsTold;

  /**
   * @param terminal whether a line can be drawn over
   * @param total more than that is never shown, whatever is done
   */
  public ProgressBar(PrintWriter out, boolean terminal, String label, long total) {
    this(out, terminal, label, total, System::nanoTime);
  }

  ProgressBar(PrintWriter out, boolean terminal, String label, long total, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.label = label;
    this.total = Math.max(1, total);
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
    this.drawnAt = terminal ? startedAt - REDRAW_NANOS : startedAt;
  }

  /** Whether who reads this process's output sits at a terminal that can redraw. */
  public static boolean isTerminal(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "dumb");
    return !kind.equals("dumb") && System.console() != null && System.console().isTerminal();
  }

  public synchronized void advance(long by) {
    done = Math.min(total, done + by);
    long now = nanoTime.getAsLong();
    if (terminal) {
      if (now - drawnAt >= REDRAW_NANOS) {
        drawnAt = now;
        out.print("\r" + bar(now));
        out.flush();
      }
    } else if (done * 10 / total > tenthsTold && (done == total || now - drawnAt >= LINE_NANOS)) {
      tenthsTold = done * 10 / total;
      drawnAt = now;
      out.println(label + ": " + figures(now));
      out.flush();
    }
  }

  /** The bar stays as it is, finished or not, and what is printed next begins a line. */
  @Override
  public synchronized void close() {
    if (terminal) {
      out.println("\r" + bar(nanoTime.getAsLong()));
      out.flush();
    }
  }

  private String bar(long now) {
    int full = (int) (WIDTH * done / total);
    String drawn = "█".repeat(full) + "░".repeat(WIDTH - full);
    return String.format(Locale.ROOT, "%-10s %s %-44s", label, drawn, figures(now));
  }

  private String figures(long now) {
    double seconds = Math.max(1, now - startedAt) / (double) NANOS_A_SECOND;
    double rate = done / seconds;
    String figures =
        String.format(Locale.ROOT, "%3d %%, %,d of %,d", 100 * done / total, done, total);
    figures += String.format(Locale.ROOT, ", %,.0f/s", rate);
    return done == 0 || done == total
        ? figures
        : figures + String.format(Locale.ROOT, ", %,.0f s left", (total - done) / rate);
  }
}
