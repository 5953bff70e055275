package io.scrutin.trigger;

import io.scrutin.event.StreamName;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.ServerPrograms;
import io.scrutin.testing.TestNats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A server whose CASTS stream can lose its tail, as a power loss makes it: the messages are those
 * of a while ago, the durables are where they were.
 */
final class LosableNats implements AutoCloseable {
  private static final long MOST_PROMISED = 1L << 40;

  final NatsServer server;
  final TestNats.Environment environment;
  private final Path dir;
  private final Path kept;

  LosableNats(Path dir) {
    this.dir = dir.resolve("server");
    this.kept = dir.resolve("kept");
    this.server =
        NatsServer.start(
            ServerPrograms.onThisMachine(System.err::println),
            this.dir,
            0,
            OptionalLong.of(MOST_PROMISED));
    this.environment = TestNats.freshEnvironment(server);
  }

  /** Everything published so far is on disk for good. */
  void sync() {
    server.stop();
    copyTree(messages(), kept);
    server.restart();
  }

  /** What was published since the last sync is gone; the durables remember it. */
  void losePower() {
    // Stopped in order, it writes down where its durables are; killed, it may not have yet.
    server.stop();
    Path messages = messages();
    deleteTree(messages);
    copyTree(kept, messages);
  }

  /** The durable lives on in the server's memory. */
  void loseFilesOf(String durable) {
    deleteTree(folder("obs").resolve(durable));
  }

  /** Keeps where the durable is, to be found again by the next one of its name. */
  void keepPlaceOf(String durable) {
    copyTree(folder("obs").resolve(durable), kept.resolveSibling(durable));
  }

  void bringBackPlaceOf(String durable) {
    copyTree(kept.resolveSibling(durable), folder("obs").resolve(durable));
  }

  private Path messages() {
    return folder("msgs");
  }

  private Path folder(String name) {
    String stream = StreamName.CASTS.in(environment.name());
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(path -> path.endsWith(Path.of("streams", stream, name)))
          .findFirst()
          .orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void copyTree(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(folder)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.copy(
                  file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    environment.close();
    server.close();
  }
}
