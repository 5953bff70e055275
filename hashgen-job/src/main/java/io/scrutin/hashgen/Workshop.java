package io.scrutin.hashgen;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder inside the one that is written to, for what is not finished: on the same disk, so that
 * what is finished is moved there in one step. Only one command at a time works in a folder; what
 * one that was killed left behind is cleared by the next.
 */
final class Workshop implements Closeable {
  private static final String PREFIX = ".unfinished-";
  private static final String LOCK = ".lock";

  private final FileChannel lock;
  private final Path folder;

  private Workshop(FileChannel lock, Path folder) {
    this.lock = lock;
    this.folder = folder;
  }

  static Workshop in(Path target) throws IOException, RollRefused {
    PrivateFile.folder(target);
    FileChannel lock =
        FileChannel.open(target.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (isFree(lock)) {
        clear(target);
        // Java gives a temporary folder to its owner alone.
        return new Workshop(lock, Files.createTempDirectory(target, PREFIX));
      }
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
    lock.close();
    throw new RollRefused("another command is writing to " + target + " at this moment");
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException ours) {
      return false;
    }
  }

  private static void clear(Path target) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(target, PREFIX + "*")) {
      for (Path leftover : leftovers) {
        delete(leftover);
      }
    }
  }

  Path folder(String name) throws IOException {
    return PrivateFile.folder(folder.resolve(name));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private static void delete(Path tree) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      delete(folder);
    } finally {
      lock.close();
    }
  }
}
