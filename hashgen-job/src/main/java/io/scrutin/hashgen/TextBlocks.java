package io.scrutin.hashgen;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text cut at line ends into blocks that can be worked on side by side. A line is a row, since a
 * quoted field may not go over a line's end here.
 */
final class TextBlocks implements Closeable {
  static final int MAX_LINE_BYTES = 8_192;

  /** Some thousand rows: small beside the heap, large beside the cost of handing it over. */
  private static final int BLOCK_BYTES = 256 * 1024;

  /** Line numbers share 64 bits with a law and a NAS where rows of one NAS are looked for. */
  static final int MAX_LINES = 1 << 27;

  /** Whole lines, and the number of the first. */
  record Block(byte[] text, int length, int firstLine) {
    void forEachLine(LineReader reader) throws IOException, RollRefused {
      int line = firstLine;
      int start = 0;
      while (start < length) {
        int end = start;
        while (end < length && text[end] != '\n') {
          end++;
        }
        int until = end > start && text[end - 1] == '\r' ? end - 1 : end;
        // What is too long is cut just behind the limit, so that it is still seen to be too long.
        int bytes = Math.min(until - start, MAX_LINE_BYTES + 1);
        reader.read(line, new String(text, start, bytes, StandardCharsets.UTF_8));
        line++;
        start = end + 1;
      }
    }

    String firstLineText() {
      int end = 0;
      while (end < length && text[end] != '\n' && text[end] != '\r') {
        end++;
      }
      return new String(text, 0, Math.min(end, MAX_LINE_BYTES), StandardCharsets.UTF_8);
    }
  }

  /** Takes one line, without its end. */
  interface LineReader {
    void read(int line, String text) throws IOException, RollRefused;
  }

  private final InputStream in;
  private byte[] rest = new byte[0];
  private long nextLine = 1;
  private boolean atStart = true;

  TextBlocks(InputStream in) {
    this.in = in;
  }

  /** The next lines, or nothing at the end. */
  @Nullable Block next() throws IOException, RollRefused {
    byte[] text = Arrays.copyOf(rest, BLOCK_BYTES);
    int length = rest.length + in.readNBytes(text, rest.length, BLOCK_BYTES - rest.length);
    if (atStart) {
      length = withoutMark(text, length);
      atStart = false;
    }
    if (length == 0) {
      return null;
    }
    int end = length;
    if (length == BLOCK_BYTES) {
      while (end > 0 && text[end - 1] != '\n') {
        end--;
      }
      if (end == 0) {
        // The last byte may be a return whose line feed comes next.
        lines(text, length - 1);
        throw new RollRefused("line " + nextLine + " has no end: this is no CSV file");
      }
    }
    rest = Arrays.copyOfRange(text, end, length);
    Block block = new Block(text, end, (int) nextLine);
    nextLine += lines(text, end);
    if (nextLine > MAX_LINES) {
      throw new RollRefused("the file has more than " + MAX_LINES + " lines");
    }
    return block;
  }

  /** Without the byte order mark that spreadsheets put before UTF-8. */
  private static int withoutMark(byte[] text, int length) throws RollRefused {
    int first = length > 0 ? text[0] & 0xff : 0;
    int second = length > 1 ? text[1] & 0xff : 0;
    if ((first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff)) {
      throw new RollRefused("the file is in UTF-16: save it as CSV in UTF-8");
    }
    if (first == 0xef && second == 0xbb && length > 2 && (text[2] & 0xff) == 0xbf) {
      System.arraycopy(text, 3, text, 0, length - 3);
      return length - 3;
    }
    return length;
  }

  /** Rows that end in a return alone would be one line, taken for a heading or for a bad row. */
  private int lines(byte[] text, int end) throws RollRefused {
    int lines = 0;
    for (int i = 0; i < end; i++) {
      if (text[i] == '\n') {
        lines++;
      } else if (text[i] == '\r' && (i + 1 == end || text[i + 1] != '\n')) {
        throw new RollRefused(
            "line "
                + (nextLine + lines)
                + " has a carriage return without a line feed: save the file with the line ends of"
                + " Unix or Windows");
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
