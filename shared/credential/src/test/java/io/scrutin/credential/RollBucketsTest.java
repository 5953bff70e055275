package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Tag;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RollBucketsTest {
  private static Tag tag(String firstBytes) {
    return Tag.of(HexFormat.of().parseHex(firstBytes + "00".repeat(32 - firstBytes.length() / 2)));
  }

  @Test
  void choosesTheBucketByTheFirstFifteenBits() {
    assertThat(RollBuckets.bucket(tag("0000"))).isZero();
    assertThat(RollBuckets.bucket(tag("0001"))).isZero();
    assertThat(RollBuckets.bucket(tag("0002"))).isEqualTo(1);
    assertThat(RollBuckets.bucket(tag("8000"))).isEqualTo(0x4000);
    assertThat(RollBuckets.bucket(tag("ffff"))).isEqualTo(RollBuckets.BUCKETS - 1);
  }

  @Test
  void takesThePrefixFromWhatFollows() {
    assertThat(RollBuckets.prefix(tag("ffff0000000000000001ff"))).isEqualTo(1);
    assertThat(RollBuckets.prefix(tag("00000123456789abcdef"))).isEqualTo(0x0123456789abcdefL);
    assertThat(RollBuckets.prefix(tag("0000ffffffffffffffff"))).isEqualTo(-1);
    assertThat(RollBuckets.SENTINEL).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void namesKeysSoThatLawAndBucketChooseTheSlot() {
    assertThat(RollBuckets.key("local", "valid_hashes", "law-1", 0x7fff))
        .isEqualTo("local:valid_hashes:{law-1:7fff}");
    assertThat(RollBuckets.key("local", "voted_hashes", "law-1", 10))
        .isEqualTo("local:voted_hashes:{law-1:000a}");
  }

  @Test
  void refusesBucketsThatDoNotExist() {
    assertThatThrownBy(() -> RollBuckets.key("local", "valid_hashes", "law-1", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RollBuckets.key("local", "valid_hashes", "law-1", RollBuckets.BUCKETS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void putsEveryTagInABucketThatExists(@ForAll @Size(32) byte[] bytes) {
    assertThat(RollBuckets.bucket(Tag.of(bytes))).isBetween(0, RollBuckets.BUCKETS - 1);
  }
}
