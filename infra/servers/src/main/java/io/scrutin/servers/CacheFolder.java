package io.scrutin.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where programs that Scrutin brought itself are kept, for all checkouts of one user. Root's is
 * outside its home: Postgres does not run as root, and nobody else may look into that home.
 */
record CacheFolder(Path path) {
  /** Fills an empty folder. */
  interface Filling {
    void into(Path folder) throws IOException;
  }

  static CacheFolder ofUser() {
    String configured = System.getenv("XDG_CACHE_HOME");
    if (configured != null && Path.of(configured).isAbsolute()) {
      return new CacheFolder(Path.of(configured, "scrutin"));
    }
    return Unprivileged.isRoot()
        ? new CacheFolder(Path.of("/var/cache/scrutin"))
        : new CacheFolder(Path.of(System.getProperty("user.home"), ".cache", "scrutin"));
  }

  /**
   * The folder of that name, filled once. It appears whole or not at all, whatever is killed, and
   * one process fills it while the others wait.
   */
  Path once(String name, Filling filling) throws IOException {
    Path folder = path.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(path);
    // The lock of a file belongs to the process; threads of one process keep out by the monitor.
    synchronized (CacheFolder.class) {
      try (FileChannel channel =
              FileChannel.open(
                  path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (!Files.isDirectory(folder)) {
          Path filled = path.resolve(name + ".partial");
          deleteTree(filled);
          filling.into(Files.createDirectories(filled));
          Files.move(filled, folder, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return folder;
  }

  Optional<Path> find(String name) {
    return Optional.of(path.resolve(name)).filter(Files::exists);
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
