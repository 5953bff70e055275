package io.scrutin.ballot;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.ballot.Hpke.Aead;
import io.scrutin.event.Bytes;
import java.security.InvalidKeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HpkeTest {
  private static final byte[] INFO = "Ode on a Grecian Urn".getBytes(US_ASCII);
  private static final byte[] PLAINTEXT = "Beauty is truth, truth beauty".getBytes(US_ASCII);

  /**
   * @param ciphertexts by sequence number
   */
  record Vector(
      Aead aead, X25519.Pair recipient, X25519.Pair ephemeral, Map<Integer, Bytes> ciphertexts) {}

  static Stream<Vector> published() {
    return Stream.of(rfc9180AppendixA11(), withAes256());
  }

  private static Vector rfc9180AppendixA11() {
    return new Vector(
        Aead.AES_128_GCM,
        pair(
            "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
            "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
        pair(
            "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
            "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736"),
        Map.of(
            0,
            Bytes.ofHex(
                "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
                    + "6d8770ac83d07bea87e13c512a"),
            1,
            Bytes.ofHex(
                "af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab25"
                    + "1c03d0c22a56b8ca42c2063b84"),
            2,
            Bytes.ofHex(
                "498dfcabd92e8acedc281e85af1cb4e3e31c7dc394a1ca20e173cb7251649158"
                    + "8d96a19ad4a683518973dcc180"),
            4,
            Bytes.ofHex(
                "583bd32bc67a5994bb8ceaca813d369bca7b2a42408cddef5e22f880b631215a"
                    + "09fc0012bc69fccaa251c0246d"),
            255,
            Bytes.ofHex(
                "7175db9717964058640a3a11fb9007941a5d1757fda1a6935c805c21af32505b"
                    + "f106deefec4a49ac38d71c9e0a"),
            256,
            Bytes.ofHex(
                "957f9800542b0b8891badb026d79cc54597cb2d225b54c00c5238c25d05c30e3"
                    + "fbeda97d2e0e1aba483a2df9f2")));
  }

  /** From the CFRG's full list, which the RFC's appendix is taken from, as aws-lc carries it. */
  private static Vector withAes256() {
    return new Vector(
        Aead.AES_256_GCM,
        pair(
            "430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c",
            "497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d"),
        pair(
            "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256",
            "179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11"),
        Map.of(
            0,
            Bytes.ofHex(
                "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be99319"
                    + "80a41de125a925cdad859d5b7a"),
            1,
            Bytes.ofHex(
                "2c43aff25343fdbff864506f0818b9d87df84ea01b1a2144d23b4d40c26bf655"
                    + "fdf197fe40297a8aebeed5cc2d"),
            2,
            Bytes.ofHex(
                "e0a8f2cf92ff61215edbb8c55dc31fe9e2eb42a5685867bb6854211542099f9e"
                    + "940c4b41c192bc390835b1a5f7"),
            4,
            Bytes.ofHex(
                "448a8892f261cbb6bf5b7b64a4fae8a2c86492494b069c10525895d871c27c2f"
                    + "12cd17e0588fedaba9f7b0cd4c")));
  }

  @ParameterizedTest
  @MethodSource("published")
  void sealsWhatIsPublished(Vector vector) throws InvalidKeyException {
    Hpke.Sender sender =
        new Hpke(vector.aead()).send(vector.recipient().publicKey(), INFO, vector.ephemeral());

    assertThat(sender.enc()).isEqualTo(vector.ephemeral().publicKey());
    vector
        .ciphertexts()
        .forEach(
            (sequence, ciphertext) ->
                assertThat(Bytes.of(sender.context().seal(sequence, aad(sequence), PLAINTEXT)))
                    .as("sequence %d", sequence)
                    .isEqualTo(ciphertext));
  }

  @ParameterizedTest
  @MethodSource("published")
  void opensWhatIsPublishedInAnyOrder(Vector vector) throws InvalidKeyException {
    HpkeContext context =
        new Hpke(vector.aead()).receive(vector.ephemeral().publicKey(), vector.recipient(), INFO);

    SequencedMap<Integer, Bytes> lastFirst = new LinkedHashMap<>();
    new TreeMap<>(vector.ciphertexts()).descendingMap().forEach(lastFirst::put);
    lastFirst.forEach(
        (sequence, ciphertext) ->
            assertThat(context.open(sequence, aad(sequence), ciphertext.toArray()))
                .as("sequence %d", sequence)
                .contains(PLAINTEXT));
  }

  @Test
  void opensNothingUnderAnotherNumberOrInfo() throws InvalidKeyException {
    Vector vector = rfc9180AppendixA11();
    Hpke hpke = new Hpke(vector.aead());
    byte[] first = Objects.requireNonNull(vector.ciphertexts().get(0)).toArray();
    Bytes enc = vector.ephemeral().publicKey();

    assertThat(hpke.receive(enc, vector.recipient(), INFO).open(1, aad(0), first)).isEmpty();
    assertThat(hpke.receive(enc, vector.recipient(), new byte[0]).open(0, aad(0), first)).isEmpty();
  }

  @Test
  void makesADifferentContextEachTime() throws InvalidKeyException {
    Hpke hpke = new Hpke(Aead.AES_128_GCM);
    Bytes recipient = rfc9180AppendixA11().recipient().publicKey();
    assertThat(hpke.send(recipient, INFO).enc()).isNotEqualTo(hpke.send(recipient, INFO).enc());
  }

  @Test
  void refusesARecipientOfSmallOrder() {
    assertThatThrownBy(() -> new Hpke(Aead.AES_128_GCM).send(Bytes.of(new byte[32]), INFO))
        .isInstanceOf(InvalidKeyException.class);
  }

  private static byte[] aad(int sequence) {
    return ("Count-" + sequence).getBytes(US_ASCII);
  }

  private static X25519.Pair pair(String publicKey, String privateKey) {
    return new X25519.Pair(Bytes.ofHex(publicKey), Bytes.ofHex(privateKey));
  }
}
