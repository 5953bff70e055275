package io.scrutin.credential;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Several fields as one string of bytes, from which they can be told apart again: no two lists of
 * fields have the same encoding, so a byte cannot move from one field to the next under a MAC.
 *
 * <p>The encoding is a label, which says what the bytes are for, and then the fields; before each,
 * label included, stands its length in bytes as 4 bytes, big-endian. Text is UTF-8.
 */
public final class Canonical {
  private Canonical() {}

  public static byte[] of(String label, byte[]... fields) {
    byte[] name = utf8(label);
    int size = Integer.BYTES + name.length;
    for (byte[] field : fields) {
      size = Math.addExact(size, Math.addExact(Integer.BYTES, field.length));
    }
    ByteBuffer encoded = ByteBuffer.allocate(size).putInt(name.length).put(name);
    for (byte[] field : fields) {
      encoded.putInt(field.length).put(field);
    }
    return encoded.array();
  }

  /**
   * The text's bytes.
   *
   * @throws IllegalArgumentException for half a surrogate pair: Java would write '?' for it, and
   *     two texts would have one encoding
   */
  public static byte[] utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (!new String(encoded, StandardCharsets.UTF_8).equals(text)) {
      throw new IllegalArgumentException("the text is not well-formed Unicode");
    }
    return encoded;
  }

  public static byte[] number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
