package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class VoteIdsTest {
  private static final Bytes SEQUENCE =
      Bytes.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
  private static final Tag VOTER = new Tag(SEQUENCE);
  private static final Tag OTHER = Tag.of(new byte[32]);

  private final VoteIds ids = new VoteIds(SEQUENCE.toArray());

  /** Computed from the description of the encoding with Python's hmac. */
  @Test
  void derivesAsDescribed() {
    assertThat(ids.fromIdempotencyKey(VOTER, "key-7"))
        .isEqualTo(VoteId.parse("b2b581dcdc0c43caaa24097da321eb11"));
  }

  @Property
  void givesARetryTheSameIdAndAnotherVoterAnother(
      @ForAll @AlphaChars @StringLength(min = 1, max = 255) String key) {
    VoteId id = ids.fromIdempotencyKey(VOTER, key);
    assertThat(ids.fromIdempotencyKey(VOTER, key)).isEqualTo(id);
    assertThat(ids.fromIdempotencyKey(OTHER, key)).isNotEqualTo(id);
    assertThat(new VoteIds(new byte[32]).fromIdempotencyKey(VOTER, key)).isNotEqualTo(id);
  }

  @Test
  void refusesKeysThatAreEmptyOrTooLong() {
    assertThatThrownBy(() -> ids.fromIdempotencyKey(VOTER, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ids.fromIdempotencyKey(VOTER, "k".repeat(256)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("kk");
  }

  @Test
  void drawsNoIdTwice() {
    Set<VoteId> drawn = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      drawn.add(ids.random());
    }
    assertThat(drawn).hasSize(10_000);
  }
}
