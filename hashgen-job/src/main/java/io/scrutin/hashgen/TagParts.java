package io.scrutin.hashgen;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All rows in files by the first bits of their tags, each small enough to be sorted in memory: at
 * 16 million rows, 62,500 of 38 bytes. Read one after the other they are in the order of the tags.
 */
final class TagParts {
  private static final int PART_BITS = 8;
  private static final int PARTS = 1 << PART_BITS;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Path folder;
  private final List<OutputStream> open = new ArrayList<>();
  private final int[] sizes = new int[PARTS];

  TagParts(Path folder) throws IOException {
    this.folder = folder;
    for (int part = 0; part < PARTS; part++) {
      open.add(new BufferedOutputStream(Files.newOutputStream(file(part)), BUFFER_BYTES));
    }
  }

  int count() {
    return PARTS;
  }

  private Path file(int part) {
    return folder.resolve("part-" + part);
  }

  void append(byte[] records, int length) throws IOException, RollRefused {
    for (int at = 0; at < length; at += TagRecords.BYTES) {
      int part = records[at] & 0xff;
      if (++sizes[part] > TagRecords.MAX_COUNT) {
        throw new RollRefused("the same row is there over and over: this is no roll");
      }
      open.get(part).write(records, at, TagRecords.BYTES);
    }
  }

  void closeAll() throws IOException {
    for (OutputStream part : open) {
      part.close();
    }
    open.clear();
  }

  TagRecords read(int part) throws IOException {
    return new TagRecords(Files.readAllBytes(file(part)));
  }

  /**
   * Puts one part in order.
   *
   * @return the lines that say the same as an earlier one, and that one: line, earlier, line, …
   */
  int[] sort(int part) throws IOException {
    TagRecords sorted = read(part).sorted(PART_BITS);
    IntStream.Builder repeats = IntStream.builder();
    int first = 0;
    for (int place = 1; place < sorted.count(); place++) {
      if (sorted.isSameTag(first, place)) {
        repeats.add(sorted.line(place)).add(sorted.line(first));
      } else {
        first = place;
      }
    }
    Files.write(file(part), sorted.bytes());
    return repeats.build().toArray();
  }

  /** Takes the tags of one law in their order. */
  interface TagReader {
    void read(byte[] tag, int line) throws IOException, RollRefused;
  }

  /** Once all parts are sorted: a law's tags in order, each once, from its first line. */
  void forEach(int law, TagReader reader) throws IOException, RollRefused {
    for (int part = 0; part < PARTS; part++) {
      TagRecords records = read(part);
      int from = firstOf(law, records);
      for (int place = from; place < records.count() && records.law(place) == law; place++) {
        if (place == from || !records.isSameTag(place - 1, place)) {
          reader.read(records.tag(place), records.line(place));
        }
      }
    }
  }

  private static int firstOf(int law, TagRecords records) {
    int low = 0;
    int high = records.count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.law(middle) < law) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
