package io.scrutin.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The credentials of a roll as {@code hashgen issue} wrote it. */
public final class Credentials {
  /** What a voter was sent. */
  public record Credential(String nas, String code) {
    /** All forms in which it could be found where it must not be, in small letters. */
    public List<String> forms(String lawId) {
      return Stream.of(nas, code, nas + code, nas + "|" + code + "|" + lawId)
          .flatMap(Credentials::forms)
          .map(form -> form.toLowerCase(Locale.ROOT))
          .toList();
    }

    /** What is posted to vote with it. */
    public String vote(String lawId, String choice) {
      return "{\"nas\":\"%s\",\"code\":\"%s\",\"law_id\":\"%s\",\"vote\":\"%s\"}"
          .formatted(nas, code, lawId, choice);
    }

    @Override
    public String toString() {
      return "credential";
    }
  }

  private Credentials() {}

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
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  public static List<Credential> in(Path roll) throws IOException {
    List<Credential> credentials = new ArrayList<>();
    List<String> lines = Files.readAllLines(roll);
    for (String line : lines.subList(1, lines.size())) {
      String[] columns = line.split(",");
      credentials.add(new Credential(columns[0], columns[1]));
    }
    return List.copyOf(credentials);
  }

  /**
   * A list for {@code hashgen issue}. Nobody has a NAS that begins with 0, so none of these is a
   * real person.
   */
  public static void writeInventedNas(Path file, int count) throws IOException {
    StringBuilder lines = new StringBuilder("nas\n");
    for (int i = 0; i < count; i++) {
      lines.append(inventedNas(i)).append('\n');
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(PrivateFiles.create(file), lines);
  }

  public static String inventedNas(int index) {
    String body = "%08d".formatted(index + 1);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(i) - '0';
      int weighted = i % 2 == 1 ? digit * 2 : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return body + (10 - sum % 10) % 10;
  }
}
