package io.scrutin.standalone;

import io.scrutin.standalone.Credentials.Credential;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The forms in which a voter's NAS or code could be found where it must not be. */
final class Secrets {
  private final List<String> forms;

  Secrets(Credential voter, String lawId) {
    this.forms =
        Stream.of(
                voter.nas(),
                voter.code(),
                voter.nas() + "|" + voter.code() + "|" + lawId,
                voter.nas() + voter.code())
            .flatMap(Secrets::forms)
            .map(form -> form.toLowerCase(Locale.ROOT))
            .toList();
  }

  private static Stream<String> forms(String plain) {
    byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        plain,
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        HexFormat.of().formatHex(sha256(bytes)),
        Base64.getEncoder().withoutPadding().encodeToString(sha256(bytes)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }

  /** Those forms that the text holds, none of which should be. */
  List<String> in(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return forms.stream().filter(lower::contains).toList();
  }
}
