package io.scrutin.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import java.security.InvalidKeyException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class X25519Test {
  /** RFC 7748, section 6.1. */
  private static final Bytes ALICE =
      Bytes.ofHex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");

  private static final Bytes ALICE_PUBLIC =
      Bytes.ofHex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  private static final Bytes BOB =
      Bytes.ofHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  private static final Bytes BOB_PUBLIC =
      Bytes.ofHex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  private static final Bytes SHARED =
      Bytes.ofHex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

  @Test
  void agreesWithRfc7748() throws InvalidKeyException {
    assertThat(X25519.publicOf(ALICE)).isEqualTo(ALICE_PUBLIC);
    assertThat(X25519.publicOf(BOB)).isEqualTo(BOB_PUBLIC);
    assertThat(Bytes.of(X25519.sharedSecret(ALICE, BOB_PUBLIC))).isEqualTo(SHARED);
    assertThat(Bytes.of(X25519.sharedSecret(BOB, ALICE_PUBLIC))).isEqualTo(SHARED);
  }

  @Test
  void leavesTheLastBitOfAPublicKeyOut() throws InvalidKeyException {
    byte[] withLastBit = BOB_PUBLIC.toArray();
    withLastBit[31] |= (byte) 0x80;
    assertThat(Bytes.of(X25519.sharedSecret(ALICE, Bytes.of(withLastBit)))).isEqualTo(SHARED);
  }

  /** 0, 1 and p - 1: with them, both sides would agree on zeros. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void refusesPublicKeysOfSmallOrder(String publicKey) {
    assertThatThrownBy(() -> X25519.sharedSecret(ALICE, Bytes.ofHex(publicKey)))
        .isInstanceOf(InvalidKeyException.class);
  }

  /** One public key in 256 ends with a zero byte, which a number would drop. */
  @RepeatedTest(20)
  void generatesHalvesThatFit() {
    X25519.Pair pair = X25519.generate();
    assertThat(X25519.publicOf(pair.privateKey())).isEqualTo(pair.publicKey());
    assertThat(pair.toString()).doesNotContain(pair.privateKey().hex());
  }

  @Property(tries = 50)
  void agreesFromBothSides(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other)
      throws InvalidKeyException {
    Bytes a = Bytes.of(one);
    Bytes b = Bytes.of(other);
    assertThat(X25519.sharedSecret(a, X25519.publicOf(b)))
        .isEqualTo(X25519.sharedSecret(b, X25519.publicOf(a)));
  }
}
