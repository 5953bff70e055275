package io.scrutin.standalone;

import io.scrutin.credential.Code;
import io.scrutin.credential.Nas;
import io.scrutin.credential.TagScheme;
import io.scrutin.event.Tag;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** The demo's credentials, in {@code demo/voters.csv}: made once, then read. */
final class DemoVoters {
  record Credential(String nas, String code) {}

  /** No 0/O, 1/I/L: a code is read off paper. */
  private static final String CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  private static final int CODE_LENGTH = 8;
  private static final String HEADER = "nas,code,law_id";

  private final Path file;
  private final String lawId;

  DemoVoters(Path dir, String lawId) {
    this.file = dir.resolve("demo").resolve("voters.csv");
    this.lawId = lawId;
  }

  Path file() {
    return file;
  }

  List<Credential> makeOrRead(int count) throws IOException {
    if (!Files.exists(file)) {
      make(count);
    }
    List<Credential> voters = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.equals(HEADER)) {
        String[] columns = line.split(",");
        voters.add(new Credential(columns[0], columns[1]));
      }
    }
    return voters;
  }

  /** Written aside and then moved, so that a crash leaves no half a list behind. */
  private void make(int count) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft = PrivateFiles.create(file.resolveSibling("voters.csv.draft"));
    SecureRandom random = new SecureRandom();
    try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
      writer.write(HEADER + "\n");
      for (int i = 0; i < count; i++) {
        writer.write(nas(i) + "," + code(random) + "," + lawId + "\n");
      }
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Nobody has a NAS that begins with 0, so no demo voter is a real person. */
  static String nas(int index) {
    String body = "%08d".formatted(index + 1);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(i) - '0';
      int weighted = i % 2 == 1 ? digit * 2 : digit;
      sum += weighted / 10 + weighted % 10;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String code(SecureRandom random) {
    StringBuilder code = new StringBuilder(CODE_LENGTH);
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(CODE_ALPHABET.charAt(random.nextInt(CODE_ALPHABET.length())));
    }
    return code.toString();
  }

  List<Tag> tags(List<Credential> voters, TagScheme scheme) {
    return voters.stream()
        .map(
            voter ->
                scheme.tag(
                    Nas.parse(voter.nas()).orElseThrow(),
                    Code.parse(voter.code()).orElseThrow(),
                    lawId))
        .toList();
  }
}
