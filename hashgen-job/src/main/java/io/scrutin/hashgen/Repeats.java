package io.scrutin.hashgen;

import java.io.PrintWriter;
import java.util.Arrays;

/** Lines that say the same as an earlier one. */
final class Repeats {
  private static final int MAX_PRINTED = 1_000;

  private long[] lines = new long[0];

  /**
   * @param found line, earlier line, line, earlier line, …
   */
  void add(int[] found) {
    int end = lines.length;
    lines = Arrays.copyOf(lines, end + found.length / 2);
    for (int i = 0; i < found.length; i += 2) {
      lines[end++] = ((long) found[i] << Integer.SIZE) | found[i + 1];
    }
  }

  int count() {
    return lines.length;
  }

  /** In order. */
  int[] lines() {
    return Arrays.stream(lines).mapToInt(both -> (int) (both >>> Integer.SIZE)).sorted().toArray();
  }

  void print(PrintWriter to) {
    Arrays.stream(lines)
        .sorted()
        .limit(MAX_PRINTED)
        .forEach(
            both ->
                to.println(
                    "line "
                        + (both >>> Integer.SIZE)
                        + " repeats line "
                        + (int) both
                        + ", kept once"));
    if (lines.length > MAX_PRINTED) {
      to.println("and " + (lines.length - MAX_PRINTED) + " more that repeat an earlier line");
    }
    to.flush();
  }
}
