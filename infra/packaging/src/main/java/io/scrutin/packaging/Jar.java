package io.scrutin.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes jars of folders: of the same files always the same bytes. */
final class Jar {
  /** A zip knows no earlier year, and no time zone. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Jar() {}

  static void write(Path classes, Path jar) throws IOException {
    write(classes, jar, _ -> true);
  }

  /**
   * @param wanted which files; folders are entries too, since resources are searched by folder
   */
  static void write(Path classes, Path jar, Predicate<Path> wanted) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(classes)) {
      files =
          found
              .filter(path -> !path.equals(classes))
              .filter(path -> Files.isDirectory(path) || wanted.test(path))
              .sorted()
              .toList();
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path file : files) {
        boolean folder = Files.isDirectory(file);
        ZipEntry entry = new ZipEntry(classes.relativize(file) + (folder ? "/" : ""));
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        if (!folder) {
          Files.copy(file, zip);
        }
        zip.closeEntry();
      }
    }
  }
}
