package io.scrutin.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a repository as its author wrote them, without what was built or run since. */
record Checkout(Path root) {
  /** For a copy without its history. */
  private static final Set<String> NOT_WRITTEN = Set.of(".git", "target", ".scrutin", ".idea");

  /**
   * @param path relative to the repository, with slashes
   */
  record TextFile(String path, List<String> lines) {}

  static Checkout of(Path root) {
    return new Checkout(root);
  }

  List<TextFile> textFiles() {
    List<TextFile> texts = new ArrayList<>();
    for (String path : paths()) {
      List<String> lines = lines(root.resolve(path));
      if (!lines.isEmpty()) {
        texts.add(new TextFile(path, lines));
      }
    }
    return texts;
  }

  private List<String> paths() {
    return Files.exists(root.resolve(".git"))
        ? git("ls-files", "--cached", "--others", "--exclude-standard")
        : walked();
  }

  /** Nothing where there is no history to ask. */
  List<String> trackedAndIgnored() {
    return Files.exists(root.resolve(".git"))
        ? git("ls-files", "--cached", "--ignored", "--exclude-standard")
        : List.of();
  }

  private List<String> walked() {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(path -> Stream.of(path.toString().split("/")).noneMatch(NOT_WRITTEN::contains))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<String> git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
    command.addAll(List.of(arguments));
    return Command.run(root, command).output().lines().toList();
  }

  /** No lines for what is no text, or is gone. */
  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
    } catch (CharacterCodingException noText) {
      return List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
