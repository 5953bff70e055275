package io.scrutin.chaos;

import io.scrutin.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What Redis had on its disk once, and can be given back. */
final class OldRedis {
  private final Path data;
  private final Path copy;

  private OldRedis(Path data, Path copy) {
    this.data = data;
    this.copy = copy;
  }

  /** As a backup does: Redis goes on meanwhile, and its file may end in the middle of a command. */
  static OldRedis remember(Path data, Path copy) throws IOException {
    copy(data, copy);
    return new OldRedis(data, copy);
  }

  void restore(RedisServer redis) throws IOException {
    redis.kill();
    try (Stream<Path> files = Files.walk(data)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        if (!file.equals(data)) {
          Files.delete(file);
        }
      }
    }
    copy(copy, data);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
