package io.scrutin.credential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedHashTest {
  /**
   * RFC 4231, section 4, but for its case 5, which cuts the MAC short. Its shorter keys are filled
   * up with zeros, as HMAC itself does (RFC 2104, section 2).
   */
  @ParameterizedTest(name = "case {0}")
  @CsvSource(
      textBlock =
          """
          1, 0b x 20, Hi There,                     b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7
          2, 4a656665 x 1, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
          3, aa x 20, dd x 50,                      773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe
          4, 0102030405060708090a0b0c0d0e0f10111213141516171819 x 1, cd x 50, 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b
          6, aa x 131, Test Using Larger Than Block-Size Key - Hash Key First, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54
          7, aa x 131, 'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.', 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2
          """)
  void agreesWithRfc4231(int number, String key, String message, String mac) {
    byte[] given = bytes(key);
    byte[] longEnough = Arrays.copyOf(given, Math.max(given.length, KeyedHash.MIN_KEY_BYTES));
    byte[] hash = new KeyedHash(longEnough).of(bytes(message));
    assertThat(Bytes.of(hash)).as("case %d", number).isEqualTo(Bytes.ofHex(mac));
  }

  @ParameterizedTest(name = "tcId {0}: {4}")
  @CsvFileSource(resources = "wycheproof_hmac_sha256.csv")
  void agreesWithWycheproof(int tcId, String key, String message, String mac, String result) {
    boolean matches =
        new KeyedHash(hex(key)).matches(hex(Objects.requireNonNullElse(message, "")), hex(mac));
    assertThat(matches).as("tcId %d", tcId).isEqualTo(result.equals("valid"));
  }

  @Test
  void refusesMacsThatAreCutShort() {
    KeyedHash hash = new KeyedHash(new byte[32]);
    byte[] message = {1};
    byte[] mac = hash.of(message);
    assertThat(hash.matches(message, mac)).isTrue();
    assertThat(hash.matches(message, Arrays.copyOf(mac, 16))).isFalse();
    assertThat(hash.matches(message, new byte[0])).isFalse();
  }

  @Test
  void refusesShortKeys() {
    assertThatThrownBy(() -> new KeyedHash(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesEveryThreadTheSameAnswer() throws Exception {
    KeyedHash hash = new KeyedHash(new byte[32]);
    List<Bytes> expected =
        IntStream.range(0, 500).mapToObj(i -> Bytes.of(hash.of(Canonical.number(i)))).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Bytes>>> answers =
          IntStream.range(0, 64)
              .mapToObj(
                  thread ->
                      threads.submit(
                          () ->
                              IntStream.range(0, 500)
                                  .mapToObj(i -> Bytes.of(hash.of(Canonical.number(i))))
                                  .toList()))
              .toList();
      for (Future<List<Bytes>> answer : answers) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    }
  }

  /** A clock cannot tell this reliably, so the compiled method is read instead. */
  @Test
  void comparesInConstantTime() throws IOException {
    try (InputStream compiled = KeyedHash.class.getResourceAsStream("KeyedHash.class")) {
      byte[] bytes = Objects.requireNonNull(compiled).readAllBytes();
      List<String> calls =
          ClassFile.of().parse(bytes).methods().stream()
              .filter(method -> method.methodName().equalsString("matches"))
              .flatMap(method -> method.code().orElseThrow().elementStream())
              .filter(InvokeInstruction.class::isInstance)
              .map(InvokeInstruction.class::cast)
              .map(call -> call.owner().asInternalName() + "." + call.name().stringValue())
              .toList();
      assertThat(calls)
          .containsExactly(
              "io/scrutin/credential/KeyedHash.of", "java/security/MessageDigest.isEqual");
    }
  }

  /** {@code "aa x 20"} is one byte twenty times; anything else is text. */
  private static byte[] bytes(String notation) {
    String[] parts = notation.split(" x ", -1);
    return parts.length == 2
        ? hex(parts[0].repeat(Integer.parseInt(parts[1])))
        : notation.getBytes(US_ASCII);
  }

  private static byte[] hex(String digits) {
    return Bytes.ofHex(digits).toArray();
  }
}
