package io.scrutin.chaos;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was sent and told, on disk: each line is written before the post is, or before its answer is
 * believed. The judge reads it from there, and nothing else.
 */
final class Ledger implements AutoCloseable {
  private static final String SENT = "sent";
  private static final String TOLD = "told";

  private final BufferedWriter out;

  private Ledger(BufferedWriter out) {
    this.out = out;
  }

  static Ledger open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return new Ledger(
        Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  void sent(Intent intent) {
    write(
        SENT,
        intent.number(),
        intent.at().toMillis(),
        intent.voter(),
        intent.lawId(),
        intent.choice(),
        intent.key());
  }

  void told(Told told) {
    write(
        TOLD, told.number(), told.sentMillis(), told.toldMillis(), told.status(), told.requestId());
  }

  private synchronized void write(String kind, Object... fields) {
    try {
      out.write(kind);
      for (Object field : fields) {
        out.write('\t');
        out.write(field.toString());
      }
      out.write('\n');
      out.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException("the ledger cannot be written", failure);
    }
  }

  static Entries read(Path file) throws IOException {
    Map<Integer, Intent> sent = new LinkedHashMap<>();
    List<Told> told = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] f = line.split("\t", -1);
      int number = Integer.parseInt(f[1]);
      switch (f[0]) {
        case SENT ->
            sent.put(
                number,
                new Intent(
                    number,
                    Duration.ofMillis(Long.parseLong(f[2])),
                    Integer.parseInt(f[3]),
                    f[4],
                    f[5],
                    f[6]));
        case TOLD ->
            told.add(
                new Told(
                    number,
                    Long.parseLong(f[2]),
                    Long.parseLong(f[3]),
                    Integer.parseInt(f[4]),
                    f[5]));
        case String other -> throw new IOException("a line of the ledger begins with " + other);
      }
    }
    return new Entries(sent, told);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
