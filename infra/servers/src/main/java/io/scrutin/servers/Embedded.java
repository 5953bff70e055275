package io.scrutin.servers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Programs that travel inside jars of Maven Central. */
final class Embedded {
  private final CacheFolder cache;

  Embedded(CacheFolder cache) {
    this.cache = cache;
  }

  /** Nothing when none was made for this platform, or it does not run here. */
  Optional<Program> bring(ServerKind kind) throws IOException {
    return switch (kind) {
      // There is no jar with a NATS server.
      case NATS -> Optional.empty();
      case REDIS -> redis();
      case POSTGRES -> postgres();
    };
  }

  private Optional<Program> redis() throws IOException {
    Optional<String> resource =
        switch (platform()) {
          case "linux-amd64" -> Optional.of("redis-server-6.2.6-v5-linux-amd64");
          case "linux-arm64" -> Optional.of("redis-server-6.2.7-linux-arm64");
          case "darwin-amd64" -> Optional.of("redis-server-6.2.6-v5-darwin-amd64");
          case "darwin-arm64" -> Optional.of("redis-server-6.2.6-v5-darwin-arm64");
          case String _ -> Optional.empty();
        };
    if (resource.isEmpty() || find(resource.get()) == null) {
      return Optional.empty();
    }
    Path folder =
        cache.once(
            "embedded-" + resource.get(),
            empty -> {
              Path program = empty.resolve("redis-server");
              try (InputStream content = open(resource.get())) {
                Files.copy(content, program);
              }
              Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            });
    return Program.asked(folder.resolve("redis-server"), Map.of());
  }

  private Optional<Program> postgres() throws IOException {
    String archive =
        switch (platform()) {
          case "linux-amd64" -> "postgres-linux-x86_64.txz";
          case "linux-arm64" -> "postgres-linux-arm_64.txz";
          case "darwin-amd64" -> "postgres-darwin-x86_64.txz";
          case "darwin-arm64" -> "postgres-darwin-arm_64.txz";
          case String _ -> "";
        };
    if (archive.isEmpty() || find(archive) == null) {
      return Optional.empty();
    }
    // The size tells one release from another: the jar's name is not known inside a fat jar.
    String name = "embedded-" + archive.replace(".txz", "-") + size(archive);
    Path folder = cache.once(name, empty -> unpack(archive, empty));
    return Program.asked(folder.resolve("bin/initdb"), Map.of());
  }

  private static void unpack(String archive, Path folder) throws IOException {
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an archive's entry leaves its folder");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
          continue;
        }
        Files.copy(entries, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(
            target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  /** As Debian and Go name them; empty where nothing is embedded. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String architecture =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          case String other -> other;
        };
    boolean mac = system.startsWith("mac");
    return List.of(mac ? "darwin" : system, architecture).stream()
        .reduce((left, right) -> left + "-" + right)
        .orElseThrow();
  }

  private static @Nullable InputStream find(String resource) {
    return Embedded.class.getResourceAsStream("/" + resource);
  }

  private static InputStream open(String resource) throws IOException {
    InputStream content = find(resource);
    if (content == null) {
      throw new IOException(resource + " is not on the class path");
    }
    return content;
  }

  private static long size(String resource) throws IOException {
    try (InputStream content = open(resource)) {
      return content.available();
    }
  }
}
