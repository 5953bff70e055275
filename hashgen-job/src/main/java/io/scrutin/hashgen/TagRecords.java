package io.scrutin.hashgen;

import io.scrutin.event.Tag;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Rows as they are sorted: tag, number of the law, line. Nothing in them is PII. */
final class TagRecords {
  static final int BYTES = Tag.LENGTH_BYTES + Short.BYTES + Integer.BYTES;

  /** The law is part of what a tag is made of, so equal tags are of one law. */
  private static final int LAW_AT = Tag.LENGTH_BYTES;

  private static final int LINE_AT = LAW_AT + Short.BYTES;

  /** In what is sorted first: what is left of 64 bits beside 10 of the law and 17 of the place. */
  private static final int TAG_BITS = 37;

  private static final int PLACE_BITS = 17;
  static final int MAX_COUNT = 1 << PLACE_BITS;

  private final ByteBuffer records;
  private final int count;

  TagRecords(byte[] records) {
    this.records = ByteBuffer.wrap(records);
    this.count = records.length / BYTES;
    if (count > MAX_COUNT || records.length % BYTES != 0) {
      throw new IllegalArgumentException("not 0 to " + MAX_COUNT + " whole records");
    }
  }

  static void put(ByteBuffer to, Tag tag, int law, int line) {
    to.put(tag.bytes().toArray()).putShort((short) law).putInt(line);
  }

  int count() {
    return count;
  }

  byte[] tag(int place) {
    return Arrays.copyOfRange(records.array(), place * BYTES, place * BYTES + Tag.LENGTH_BYTES);
  }

  int law(int place) {
    return records.getShort(place * BYTES + LAW_AT);
  }

  int line(int place) {
    return records.getInt(place * BYTES + LINE_AT);
  }

  /**
   * The same records by law, tag and line.
   *
   * @param sharedBits of how many first bits each tag here has the same, so that they need not be
   *     compared
   */
  TagRecords sorted(int sharedBits) {
    long[] keys = new long[count];
    for (int place = 0; place < count; place++) {
      long first = records.getLong(place * BYTES) << sharedBits >>> (Long.SIZE - TAG_BITS);
      // The highest bit is turned over, so that the order of signed numbers is that of the bits.
      long law = (long) law(place) << (TAG_BITS + PLACE_BITS);
      keys[place] = (law | (first << PLACE_BITS) | place) ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    return inOrderOf(placesInOrder(keys));
  }

  /**
   * Ties of the bits that were compared, one row in a thousand or a repeated one, are looked at.
   */
  private int[] placesInOrder(long[] keys) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      int place = (int) (keys[i] & (MAX_COUNT - 1));
      int at = i;
      while (at > 0 && compare(places[at - 1], place) > 0) {
        places[at] = places[at - 1];
        at--;
      }
      places[at] = place;
    }
    return places;
  }

  private int compare(int place, int other) {
    int byLaw = Integer.compare(law(place), law(other));
    int byTag = byLaw != 0 ? byLaw : compareTags(place, other);
    return byTag != 0 ? byTag : Integer.compare(line(place), line(other));
  }

  private int compareTags(int place, int other) {
    byte[] all = records.array();
    return Arrays.compareUnsigned(
        all,
        place * BYTES,
        place * BYTES + Tag.LENGTH_BYTES,
        all,
        other * BYTES,
        other * BYTES + Tag.LENGTH_BYTES);
  }

  boolean isSameTag(int place, int other) {
    return compareTags(place, other) == 0;
  }

  private TagRecords inOrderOf(int[] places) {
    byte[] sorted = new byte[count * BYTES];
    for (int i = 0; i < count; i++) {
      System.arraycopy(records.array(), places[i] * BYTES, sorted, i * BYTES, BYTES);
    }
    return new TagRecords(sorted);
  }

  byte[] bytes() {
    return records.array();
  }
}
