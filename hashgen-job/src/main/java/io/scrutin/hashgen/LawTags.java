package io.scrutin.hashgen;

import java.io.IOException;
import java.util.Arrays;

/** The tags of one law out of sorted parts, each once, without those whose line is dropped. */
final class LawTags implements TagSource {
  private static final byte[] NO_MORE = new byte[0];
  private static final TagRecords NOTHING = new TagRecords(NO_MORE);

  private final TagParts parts;
  private final int law;
  private final int[] droppedLines;
  private TagRecords records = NOTHING;
  private int nextPart;
  private int first;
  private int place;

  /**
   * @param droppedLines in order
   */
  LawTags(TagParts parts, int law, int[] droppedLines) {
    this.parts = parts;
    this.law = law;
    this.droppedLines = droppedLines;
  }

  @Override
  public byte[] next() throws IOException {
    while (true) {
      while (place < records.count() && records.law(place) == law) {
        int its = place++;
        boolean repeats = its > first && records.isSameTag(its - 1, its);
        if (!repeats && Arrays.binarySearch(droppedLines, records.line(its)) < 0) {
          return records.tag(its);
        }
      }
      if (nextPart == parts.count()) {
        return NO_MORE;
      }
      records = parts.read(nextPart++);
      first = records.firstOf(law);
      place = first;
    }
  }
}
