package io.scrutin.event;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes with the equality of their content, so that records holding them compare as records should.
 */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  public static Bytes ofHex(String hex) {
    try {
      return new Bytes(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException quotesValue) {
      throw new IllegalArgumentException("is not pairs of hexadecimal digits");
    }
  }

  public byte[] toArray() {
    return content.clone();
  }

  public int length() {
    return content.length;
  }

  public byte at(int index) {
    return content[index];
  }

  public String hex() {
    return HexFormat.of().formatHex(content);
  }

  void writeBase64(JsonGenerator out) throws IOException {
    out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, content, 0, content.length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return hex();
  }
}
