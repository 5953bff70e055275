package io.scrutin.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML in which a key may stand once. */
final class Yaml {
  private Yaml() {}

  /** Each document of a text; an empty one is none. */
  static List<Object> read(String text, String label) {
    Load load = new Load(LoadSettings.builder().setLabel(label).build());
    List<Object> documents = new ArrayList<>();
    try {
      for (Object document : load.loadAllFromString(text)) {
        if (document != null) {
          documents.add(document);
        }
      }
    } catch (YamlEngineException malformed) {
      throw new IllegalArgumentException(label + " is no YAML: " + malformed.getMessage());
    }
    return documents;
  }

  static List<Object> read(Path file) throws IOException {
    return read(Files.readString(file), file.toString());
  }
}
