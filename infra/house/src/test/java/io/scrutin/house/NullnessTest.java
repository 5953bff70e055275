package io.scrutin.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NullAway looks only where it is told to: a package that does not say so is not looked at. */
final class NullnessTest {
  private static final House HOUSE = House.ofThisRepository();
  private static final List<String> SOURCES = List.of("src/main/java", "src/test/java");

  @TempDir Path dir;

  @Test
  void everyPackageIsNullMarked() {
    assertThat(unmarked(HOUSE)).isEmpty();
  }

  @Test
  void findsAPackageWithoutInfoAndOneWithoutTheMark() {
    House bad =
        BadHouse.in(dir)
            .main("functions/store", "Ballots", "final class Ballots {}")
            .main("functions/verify", "Roll", "final class Roll {}")
            .main("functions/verify", "package-info", "")
            .written();
    assertThat(unmarked(bad))
        .containsExactly(
            "functions/store: io/scrutin/store", "functions/verify: io/scrutin/verify");
  }

  private static Set<String> unmarked(House house) {
    Set<String> found = new TreeSet<>();
    for (House.Module module : house.modules()) {
      for (String sources : SOURCES) {
        Path root = module.folder().resolve(sources);
        for (Path file : House.filesUnder(root, ".java")) {
          Path folder = root.relativize(Objects.requireNonNull(file.getParent()));
          if (!isMarked(module, folder)) {
            found.add(module.path() + ": " + folder);
          }
        }
      }
    }
    return found;
  }

  /** The tests of a package are part of it. */
  private static boolean isMarked(House.Module module, Path folder) {
    return SOURCES.stream()
        .map(sources -> module.folder().resolve(sources).resolve(folder))
        .map(path -> path.resolve("package-info.java"))
        .flatMap(info -> Files.exists(info) ? Stream.of(House.text(info)) : Stream.empty())
        .anyMatch(text -> text.contains("\n@NullMarked\npackage "));
  }
}
