package io.scrutin.hashgen;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that their owner alone may read, from their first byte. */
final class PrivateFile {
  private PrivateFile() {}

  static BufferedWriter create(Path file) throws IOException {
    return Files.newBufferedWriter(empty(file));
  }

  static OutputStream open(Path file) throws IOException {
    return Files.newOutputStream(empty(file));
  }

  private static Path empty(Path file) throws IOException {
    return Files.createFile(file, permissions(file, "rw-------"));
  }

  /** One that is there already keeps the permissions that somebody gave it. */
  static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, permissions(folder, "rwx------"));
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
