package io.scrutin.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A repository to hold the rules against: this one, or a bad one made for a canary. */
record House(Path root) {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  /** A folder of the reactor, such as {@code functions/verify}. */
  record Module(Path root, String path) {
    /** The folder it stands in; a module at the root of the house is a group of its own. */
    String group() {
      return path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    }

    String name() {
      return path.substring(path.indexOf('/') + 1).replace("-job", "");
    }

    String packageName() {
      return "io.scrutin." + name();
    }

    Path folder() {
      return root.resolve(path);
    }
  }

  static House ofThisRepository() {
    String root = System.getProperty("scrutin.root");
    if (root == null) {
      throw new IllegalStateException("the build sets -Dscrutin.root");
    }
    return new House(Path.of(root));
  }

  List<Module> modules() {
    Matcher found = MODULE.matcher(text(root.resolve("pom.xml")));
    List<Module> modules = new ArrayList<>();
    while (found.find()) {
      modules.add(new Module(root, found.group(1)));
    }
    return modules;
  }

  /** The names of the modules in one folder of the house. */
  Set<String> modulesIn(String group) {
    return modules().stream()
        .filter(module -> module.group().equals(group))
        .map(Module::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  List<JavaSource> mainSources() {
    return sources("src/main/java");
  }

  List<JavaSource> testSources() {
    return sources("src/test/java");
  }

  private List<JavaSource> sources(String folder) {
    return JavaSource.parse(
        modules().stream()
            .flatMap(module -> filesUnder(module.folder().resolve(folder), ".java").stream())
            .toList());
  }

  static List<Path> filesUnder(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
