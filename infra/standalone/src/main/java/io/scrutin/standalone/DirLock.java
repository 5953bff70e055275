package io.scrutin.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One {@code up} at a time on a folder; the lock goes with the process, however it ends. */
final class DirLock implements AutoCloseable {
  private final FileChannel channel;

  private DirLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirLock take(Path dir) throws IOException {
    Path file = Files.createDirectories(dir.resolve("run")).resolve("up.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IllegalStateException(
          "another ./scrutin up runs on " + dir + "; stop it, or give this one another --dir");
    }
    return new DirLock(channel);
  }

  /** Whether an {@code up} runs on the folder. */
  static boolean isTaken(Path dir) throws IOException {
    Path file = dir.resolve("run").resolve("up.lock");
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
