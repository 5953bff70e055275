package io.scrutin.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The classes of a house, read from its modules' folders and not from the class path, so that none
 * is left out.
 */
final class BuiltClasses {
  private static final Map<List<Path>, JavaClasses> READ = new ConcurrentHashMap<>();

  private BuiltClasses() {}

  static JavaClasses main(House house) {
    return read(folders(house, "src/main/java", "target/classes"));
  }

  static JavaClasses mainAndTest(House house) {
    return read(allFolders(house));
  }

  static List<Path> allFolders(House house) {
    List<Path> folders = folders(house, "src/main/java", "target/classes");
    folders.addAll(folders(house, "src/test/java", "target/test-classes"));
    return folders;
  }

  private static List<Path> folders(House house, String sources, String built) {
    List<Path> folders = new ArrayList<>();
    for (House.Module module : house.modules()) {
      Path classes = module.folder().resolve(built);
      if (Files.isDirectory(classes)) {
        folders.add(classes);
      } else if (!House.filesUnder(module.folder().resolve(sources), ".java").isEmpty()) {
        throw new IllegalStateException(module.path() + " is not built: run the whole reactor");
      }
    }
    return folders;
  }

  /** What Micronaut's processors generate has names that begin with a dollar. */
  private static JavaClasses read(List<Path> folders) {
    return READ.computeIfAbsent(
        folders,
        paths ->
            new ClassFileImporter()
                .withImportOption(location -> !location.contains("/$"))
                .importPaths(paths));
  }
}
