package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What one server owns below the folder that several share: data, log, pid file, lock. */
record ServerFolder(Path root, String name) {
  private static final long MOST_LOG_BYTES = 16L * 1024 * 1024;

  static ServerFolder of(Path root, String name) throws IOException {
    ServerFolder folder = new ServerFolder(root.toAbsolutePath().normalize(), name);
    Files.createDirectories(folder.run());
    Files.createDirectories(folder.log().getParent());
    return folder;
  }

  private Path run() {
    return root.resolve("run");
  }

  Path data() {
    return root.resolve(name);
  }

  Path log() {
    return root.resolve("logs").resolve(name + ".log");
  }

  /** One of the past is kept: logs of a demonstration that runs for months stay bounded. */
  void rotateLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > MOST_LOG_BYTES) {
      Files.move(log(), log().resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  Path pidFile() {
    return run().resolve(name + ".pid");
  }

  Path lockFile() {
    return run().resolve(name + ".lock");
  }

  Path configuration() {
    return run().resolve(name + ".conf");
  }
}
