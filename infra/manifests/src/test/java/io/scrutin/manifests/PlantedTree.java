package io.scrutin.manifests;

import io.scrutin.servers.RenderingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the manifests with one thing in them changed. */
final class PlantedTree {
  static final Path CHECKOUT = Path.of(System.getProperty("scrutin.root", "."));
  static final Path ROOT = CHECKOUT.resolve("knative");
  static final RenderingProgram PROGRAM = RenderingProgram.onThisMachine(System.err::println);

  private final Path root;

  /**
   * @param overlay the only one that is copied
   */
  PlantedTree(Path dir, String overlay) throws IOException {
    root = dir.resolve("knative");
    copy("base");
    copy("stores");
    copy("overlays/" + overlay);
    Files.copy(ROOT.resolve("secrets.yaml"), root.resolve("secrets.yaml"));
  }

  private void copy(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = root.resolve(ROOT.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  PlantedTree plant(String file, String good, String bad) throws IOException {
    Path path = root.resolve(file);
    String text = Files.readString(path);
    if (!text.contains(good)) {
      throw new IllegalArgumentException(file + " has no '" + good + "' to change");
    }
    Files.writeString(path, text.replaceFirst(java.util.regex.Pattern.quote(good), bad));
    return this;
  }

  List<String> faults() throws Exception {
    return new Overlays(Tree.of(root), PROGRAM).faults().stream().map(Fault::toString).toList();
  }
}
