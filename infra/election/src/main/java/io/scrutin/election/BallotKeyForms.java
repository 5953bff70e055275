package io.scrutin.election;

import io.scrutin.console.Surroundings;
import io.scrutin.credential.KeyFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** How the private halves of ballot keys would look if somebody had written them down. */
public record BallotKeyForms(List<String> forms) {
  public static BallotKeyForms in(Map<String, String> surroundings) throws IOException {
    List<String> forms = new ArrayList<>();
    Path folder = Path.of(surroundings.getOrDefault(Surroundings.BALLOT_KEYS_DIR, ""));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key")) {
      for (Path file : files) {
        byte[] key = KeyFile.read(file);
        forms.add(HexFormat.of().formatHex(key));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(key));
      }
    }
    return new BallotKeyForms(List.copyOf(forms));
  }
}
