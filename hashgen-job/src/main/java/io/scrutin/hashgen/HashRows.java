package io.scrutin.hashgen;

import io.scrutin.console.ProgressBar;
import io.scrutin.hashgen.BadRow.Reason;
import io.scrutin.hashgen.ReadRow.Columns;
import io.scrutin.hashgen.ReadRow.Row;
import io.scrutin.hashgen.TextBlocks.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** The first pass: each row becomes a tag, and its NAS and code are forgotten. */
final class HashRows {
  /**
   * Past it, the index of the roll leaves its compact form (ADR 9); 128 MB for the lines of NAS.
   */
  static final int MAX_ROWS = 16_000_000;

  /** Blocks that wait or are worked on: a few megabytes. */
  private static final int MAX_IN_HAND = 6;

  private final RollKey key;
  private final ExecutorService workers;
  private final TagParts parts;
  private final BadRows bad;
  private final LawNumbers laws = new LawNumbers();
  private final NasLines nasLines = new NasLines();
  private long emptyLines;

  HashRows(RollKey key, ExecutorService workers, TagParts parts, BadRows bad) {
    this.key = key;
    this.workers = workers;
    this.parts = parts;
    this.bad = bad;
  }

  /** What came of one block. */
  private static final class Hashed {
    private final ByteBuffer records;
    private long[] nasRows = new long[256];
    private int count;
    private final List<BadRow> bad = new ArrayList<>();
    private int empty;

    /** No row that can be read is shorter than 9 digits, 6 characters, a law and 2 separators. */
    Hashed(int textBytes) {
      records = ByteBuffer.allocate((textBytes / 18 + 1) * TagRecords.BYTES);
    }

    void add(long nasRow) {
      if (count == nasRows.length) {
        nasRows = Arrays.copyOf(nasRows, 2 * count);
      }
      nasRows[count++] = nasRow;
    }
  }

  void read(TextBlocks file, ProgressBar bar)
      throws IOException, InterruptedException, RollRefused {
    Queue<Future<Hashed>> inHand = new ArrayDeque<>();
    Block first = file.next();
    if (first == null) {
      return;
    }
    CsvLayout layout = CsvLayout.of(first.firstLineText());
    Columns columns = Columns.of(layout);
    int headingLine = layout.heading().isPresent() ? 1 : 0;
    for (Block block = first; block != null; block = file.next()) {
      Block its = block;
      inHand.add(workers.submit(() -> hash(its, columns, headingLine)));
      bar.advance(block.length());
      if (inHand.size() == MAX_IN_HAND) {
        keep(inHand.remove());
      }
    }
    while (!inHand.isEmpty()) {
      keep(inHand.remove());
    }
    parts.closeAll();
  }

  private Hashed hash(Block block, Columns columns, int headingLine)
      throws IOException, RollRefused {
    Hashed hashed = new Hashed(block.length());
    block.forEachLine(
        (line, text) -> {
          if (line != headingLine) {
            take(line, ReadRow.read(text, columns), hashed);
          }
        });
    return hashed;
  }

  private void take(int line, Row row, Hashed hashed) {
    switch (row) {
      case Row.Credential credential -> {
        OptionalInt law = laws.of(credential.lawId());
        if (law.isEmpty()) {
          hashed.bad.add(new BadRow(line, Reason.LAWS));
          return;
        }
        TagRecords.put(
            hashed.records,
            key.scheme().tag(credential.nas(), credential.code(), credential.lawId()),
            law.getAsInt(),
            line);
        hashed.add(NasLines.row(law.getAsInt(), credential.nas(), line));
      }
      case Row.Bad why -> hashed.bad.add(new BadRow(line, why.reason()));
      case Row.Empty _ -> hashed.empty++;
    }
  }

  private void keep(Future<Hashed> future) throws IOException, InterruptedException, RollRefused {
    Hashed hashed;
    try {
      hashed = future.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a row could not be hashed", failure.getCause());
    }
    if (nasLines.count() + hashed.count > MAX_ROWS) {
      throw new RollRefused("the file has more than " + MAX_ROWS + " rows");
    }
    parts.append(hashed.records.array(), hashed.records.position());
    for (int i = 0; i < hashed.count; i++) {
      nasLines.add(hashed.nasRows[i]);
    }
    for (BadRow row : hashed.bad) {
      bad.add(row);
    }
    emptyLines += hashed.empty;
  }

  /** Numbered as in the records. */
  List<String> laws() {
    return laws.all();
  }

  NasLines nasLines() {
    return nasLines;
  }

  long emptyLines() {
    return emptyLines;
  }
}
