package io.scrutin.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The credentials of a roll as {@code hashgen issue} wrote it. */
public final class Credentials {
  /** What a voter was sent. */
  public record Credential(String nas, String code) {
    @Override
    public String toString() {
      return "credential";
    }
  }

  private Credentials() {}

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
