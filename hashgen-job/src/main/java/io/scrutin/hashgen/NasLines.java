package io.scrutin.hashgen;

import io.scrutin.credential.Nas;
import io.scrutin.hashgen.BadRow.Reason;
import java.util.Arrays;

/**
 * Which lines have the same NAS under the same law. A row is 8 bytes here, so that 8 million take
 * 64 MB: law, the NAS without its check digit, and the line, in one number.
 */
final class NasLines {
  private static final int NAS_BITS = 27;
  private static final int LINE_BITS = 27;
  private static final long LINE_MASK = (1L << LINE_BITS) - 1;
  private static final int FIRST_ROOM = 1 << 16;

  private long[] rows = new long[FIRST_ROOM];
  private int count;

  static long row(int law, Nas nas, int line) {
    long number = Long.parseLong(nas.digits(), 0, 8, 10);
    return ((long) law << (NAS_BITS + LINE_BITS)) | (number << LINE_BITS) | line;
  }

  void add(long row) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, rows.length + (rows.length >> 1));
    }
    rows[count++] = row;
  }

  int count() {
    return count;
  }

  /**
   * All but the first line of each NAS.
   *
   * @param repeats lines, in order, that say the same as an earlier one and contradict nothing
   */
  void findAgain(Reason reason, int[] repeats, BadRows found) throws RollRefused {
    Arrays.sort(rows, 0, count);
    int first = 0;
    for (int i = 1; i < count; i++) {
      int line = (int) (rows[i] & LINE_MASK);
      if ((rows[first] >>> LINE_BITS) != (rows[i] >>> LINE_BITS)) {
        first = i;
      } else if (Arrays.binarySearch(repeats, line) < 0) {
        found.add(new BadRow(line, reason, (int) (rows[first] & LINE_MASK)));
      }
    }
  }
}
