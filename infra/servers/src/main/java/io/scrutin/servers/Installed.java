package io.scrutin.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Programs that are on the machine already. */
final class Installed {
  private final List<Path> searchPath;
  private final Map<ServerKind, List<String>> usualFolders;

  Installed(List<Path> searchPath, Map<ServerKind, List<String>> usualFolders) {
    this.searchPath = List.copyOf(searchPath);
    this.usualFolders = Map.copyOf(usualFolders);
  }

  static Installed onThisMachine() {
    String path = System.getenv().getOrDefault("PATH", "");
    List<Path> searchPath =
        Stream.of(path.split(File.pathSeparator, -1))
            .filter(Predicate.not(String::isBlank))
            .map(Path::of)
            .toList();
    Map<ServerKind, List<String>> usualFolders = new EnumMap<>(ServerKind.class);
    for (ServerKind kind : ServerKind.values()) {
      usualFolders.put(kind, kind.usualFolders());
    }
    return new Installed(searchPath, usualFolders);
  }

  /** The newest that is wanted: a data folder opens only under its own major version. */
  Optional<Program> find(ServerKind kind, Predicate<Version> wanted) {
    return folders(kind).stream()
        .map(folder -> folder.resolve(kind.program()))
        .filter(Files::isExecutable)
        .map(program -> Program.asked(program, Map.of()))
        .flatMap(Optional::stream)
        .filter(program -> program.version().isAtLeast(kind.oldest()))
        .filter(program -> wanted.test(program.version()))
        .max(Comparator.comparing(Program::version));
  }

  private List<Path> folders(ServerKind kind) {
    List<Path> folders = new ArrayList<>(searchPath);
    usualFolders
        .getOrDefault(kind, List.of())
        .forEach(pattern -> folders.addAll(matching(pattern)));
    return folders.stream().distinct().toList();
  }

  /** At most one name of the pattern has a star in it. */
  private static List<Path> matching(String pattern) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return List.of(Path.of(pattern));
    }
    Path parent = Path.of(pattern.substring(0, pattern.lastIndexOf('/', star)));
    String[] rest = parent.relativize(Path.of(pattern)).toString().split("/", 2);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, rest[0])) {
      entries.forEach(entry -> found.add(rest.length == 1 ? entry : entry.resolve(rest[1])));
    } catch (IOException notThere) {
      return List.of();
    }
    return found;
  }
}
