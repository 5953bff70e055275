package io.scrutin.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that can be put into the product.
 *
 * @param bug what is wrong then, in a few words
 * @param patch what puts it there
 */
record Plant(String name, String bug, Path patch) {
  private static final String SUFFIX = ".patch";
  private static final String BUG = "Bug: ";

  Plant {
    if (bug.isBlank() || bug.contains("|") || bug.contains("\n")) {
      throw new IllegalArgumentException(patch + ": a bug is told in one line of a table");
    }
  }

  /** Git passes over what stands before the first {@code diff}: there the patch says what it is. */
  static Plant read(Path patch) throws IOException {
    String name = patch.getFileName().toString().replace(SUFFIX, "");
    String first = Files.readAllLines(patch).stream().findFirst().orElse("");
    return new Plant(name, first.startsWith(BUG) ? first.substring(BUG.length()) : name, patch);
  }

  /** In the order of their names. */
  static List<Plant> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> patches = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      List<Plant> plants = new java.util.ArrayList<>();
      for (Path patch : patches) {
        plants.add(read(patch));
      }
      return List.copyOf(plants);
    }
  }
}
