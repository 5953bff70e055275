package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.credential.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeyTest {
  private static final HexFormat HEX = HexFormat.of();

  @TempDir private Path dir;

  /** RFC 8032, 7.1, tests 1 and 2. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  })
  void signsAsTheStandardDoes(String seed, String publicHalf, String message, String signature)
      throws IOException {
    Path file = dir.resolve("signing.key");
    KeyFile.write(file, HEX.parseHex(seed + publicHalf));
    SigningKey key = SigningKey.inFile(file);
    byte[] document = HEX.parseHex(message);
    assertThat(HEX.formatHex(key.sign(document))).isEqualTo(signature);
    assertThat(key.publicKey().verifies(document, HEX.parseHex(signature))).isTrue();
  }

  @Test
  void isMadeOnceAndThenTheSame() throws IOException {
    Path file = dir.resolve("keys").resolve("signing.key");
    SigningKey made = SigningKey.inFile(file);
    SigningKey read = SigningKey.inFile(file);
    assertThat(read.publicKey().fingerprint()).isEqualTo(made.publicKey().fingerprint());
    assertThat(read.publicKey().keyId()).hasSize(16);
    byte[] document = {1, 2, 3};
    assertThat(read.publicKey().verifies(document, made.sign(document))).isTrue();
    assertThat(read.publicKey().verifies(new byte[] {1, 2}, made.sign(document))).isFalse();
    assertThat(read.publicKey().verifies(document, new byte[64])).isFalse();
    assertThat(read.publicKey().verifies(document, new byte[5])).isFalse();
  }

  @Test
  void aFingerprintIsTheSameWithOrWithoutBlanks() throws IOException {
    PublicSigningKey key = SigningKey.inFile(dir.resolve("signing.key")).publicKey();
    String written = key.fingerprint();
    assertThat(key.hasFingerprint(written)).isTrue();
    assertThat(key.hasFingerprint(written.replace(" ", "").toUpperCase(Locale.ROOT))).isTrue();
    assertThat(key.hasFingerprint(written + "\n")).isTrue();
    assertThat(key.hasFingerprint("0".repeat(64))).isFalse();
    assertThat(PublicSigningKey.isFingerprint(written)).isTrue();
    assertThat(PublicSigningKey.isFingerprint("")).isFalse();
    assertThat(PublicSigningKey.isFingerprint(written.substring(1))).isFalse();
  }

  @Test
  void refusesHalvesOfTwoKeys() throws IOException {
    Path file = dir.resolve("signing.key");
    byte[] mixed = new byte[64];
    System.arraycopy(SigningKeyTest.publicHalf(), 0, mixed, 32, 32);
    KeyFile.write(file, mixed);
    assertThatThrownBy(() -> SigningKey.inFile(file)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesNoOtherKeyForAPublicOne() {
    assertThatThrownBy(() -> PublicSigningKey.ofBase64("AAAA"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] publicHalf() {
    return HEX.parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  }
}
