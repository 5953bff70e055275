package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CanonicalTest {
  @Test
  void writesEachLengthInFourBytesBeforeItsField() {
    assertThat(Bytes.of(Canonical.of("ab", Canonical.utf8("c"), new byte[0])))
        .isEqualTo(Bytes.ofHex("000000026162" + "0000000163" + "00000000"));
  }

  /** Whoever can read all fields back has never two lists of fields with one encoding. */
  @Property
  void canBeReadBack(
      @ForAll @Size(max = 6) List<@Size(max = 40) byte[]> fields, @ForAll boolean otherLabel) {
    String label = otherLabel ? "é" : "label";
    byte[] encoded = Canonical.of(label, fields.toArray(byte[][]::new));

    List<Bytes> expected = new ArrayList<>(List.of(Bytes.of(Canonical.utf8(label))));
    fields.forEach(field -> expected.add(Bytes.of(field)));
    assertThat(decoded(encoded)).isEqualTo(expected);
  }

  @Test
  void refusesTextThatHasNoUtf8() {
    assertThatThrownBy(() -> Canonical.utf8("a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("a\ud83d");
    assertThat(Canonical.utf8("\ud83d\uddf3")).hasSize(4);
  }

  private static List<Bytes> decoded(byte[] encoded) {
    List<Bytes> fields = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(encoded);
    while (rest.hasRemaining()) {
      byte[] field = new byte[rest.getInt()];
      rest.get(field);
      fields.add(Bytes.of(field));
    }
    return fields;
  }
}
