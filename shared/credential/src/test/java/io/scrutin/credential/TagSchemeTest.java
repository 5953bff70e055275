package io.scrutin.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TagSchemeTest {
  private static final byte[] PEPPER =
      Bytes.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").toArray();
  private static final Nas NAS = new Nas("046454286");
  private static final Code CODE = new Code("ABC123");

  /** Computed from the description of the encoding with Python's hmac. */
  @Test
  void tagsAsDescribed() {
    assertThat(new HmacTags(PEPPER).tag(NAS, CODE, "law-1").bytes())
        .isEqualTo(Bytes.ofHex("d031416806888bfcdad0fd4bcaeae7586c8ad4f44062b2e7a449d0827380425b"));
  }

  /** {@code printf '046454286|ABC123|law-1' | sha256sum}. */
  @Test
  void tagsAsOlderRollsDo() {
    assertThat(new Sha256Tags().tag(NAS, CODE, "law-1").bytes())
        .isEqualTo(Bytes.ofHex("a54481800f2736f0909922e93dd283f4f6b84d2289aea63180dcfc7a82ef09e5"));
  }

  @Test
  void areCalledAsContestsCallThem() {
    assertThat(new HmacTags(PEPPER).name()).isEqualTo("hmac-sha256");
    assertThat(new Sha256Tags().name()).isEqualTo("sha256");
  }

  @Test
  void givesEachPepperItsOwnTags() {
    byte[] other = PEPPER.clone();
    other[31] ^= 1;
    assertThat(new HmacTags(other).tag(NAS, CODE, "law-1"))
        .isNotEqualTo(new HmacTags(PEPPER).tag(NAS, CODE, "law-1"));
  }

  @Test
  void refusesAShortPepper() {
    assertThatThrownBy(() -> new HmacTags(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsNoTag() {
    assertThat(new HmacTags(PEPPER).tag(NAS, CODE, "law-1")).hasToString("tag");
  }

  record Credential(String nas, String code, String lawId) {
    String run() {
      return nas + code + lawId;
    }
  }

  /** What a code ends with could as well be what the law begins with; the tags must differ. */
  @Property
  void keepsApartWhatReadsTheSameInOneRun(
      @ForAll("schemes") TagScheme scheme, @ForAll("runs") String run) {
    Map<Object, Credential> tagged = new HashMap<>();
    for (int codeLength = 6; codeLength <= 16; codeLength++) {
      Credential credential =
          new Credential("046454286", run.substring(0, codeLength), run.substring(codeLength));
      assertThat(credential.run()).isEqualTo("046454286" + run);
      Credential same =
          tagged.put(
              scheme.tag(
                  new Nas(credential.nas()), new Code(credential.code()), credential.lawId()),
              credential);
      assertThat(same).isNull();
    }
  }

  @Provide
  Arbitrary<TagScheme> schemes() {
    return Arbitraries.of(List.of(new HmacTags(PEPPER), new Sha256Tags()));
  }

  @Provide
  Arbitrary<String> runs() {
    return Arbitraries.strings().withCharRange('0', '9').withCharRange('A', 'Z').ofLength(40);
  }
}
