package io.scrutin.testing;

import io.scrutin.servers.Leftovers;
import io.scrutin.servers.Server;
import io.scrutin.servers.ServerPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Where this JVM's tests keep their servers' data and files; all of it is gone when the JVM is. */
public final class TestFolders {
  static final ServerPrograms PROGRAMS = ServerPrograms.onThisMachine(System.err::println);

  private static final Path ALL =
      Path.of(
          System.getProperty("java.io.tmpdir"), "scrutin-tests-" + System.getProperty("user.name"));
  private static final Path OURS = ALL.resolve(Long.toString(ProcessHandle.current().pid()));
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final List<Server> RUNNING = new CopyOnWriteArrayList<>();

  static {
    removeLeftovers();
    Runtime.getRuntime().addShutdownHook(new Thread(TestFolders::removeOurs));
  }

  private TestFolders() {}

  /** One that does not exist yet. */
  public static Path fresh(String name) {
    return OURS.resolve(COUNT.incrementAndGet() + "-" + name);
  }

  static <S extends Server> S untilExit(S server) {
    RUNNING.add(server);
    return server;
  }

  /** Nobody will read their data again, so they are not asked to put it in order. */
  private static void removeOurs() {
    RUNNING.stream().parallel().filter(Server::isRunning).forEach(Server::kill);
    try {
      deleteTree(OURS);
    } catch (IOException | UncheckedIOException leftBehind) {
      System.err.println("could not delete " + OURS + ": " + leftBehind.getMessage());
    }
  }

  /** Of test JVMs that were killed. */
  private static void removeLeftovers() {
    if (!Files.isDirectory(ALL)) {
      return;
    }
    try (DirectoryStream<Path> jvms = Files.newDirectoryStream(ALL, "[0-9]*")) {
      for (Path jvm : jvms) {
        boolean lives = ProcessHandle.of(Long.parseLong(jvm.getFileName().toString())).isPresent();
        if (!lives) {
          try (DirectoryStream<Path> servers = Files.newDirectoryStream(jvm)) {
            for (Path server : servers) {
              Leftovers.stop(server);
            }
          }
          deleteTree(jvm);
        }
      }
    } catch (IOException | UncheckedIOException anotherIsAtIt) {
      // Two JVMs may clear the same leftovers at once: whatever stays is cleared the next time.
      return;
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
