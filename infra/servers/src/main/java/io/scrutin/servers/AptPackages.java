package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Debian's packages, downloaded with all they need and unpacked into the cache, not installed: it
 * works without root, starts no service of the system, and changes nothing on the machine.
 */
final class AptPackages {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final CacheFolder cache;

  AptPackages(CacheFolder cache) {
    this.cache = cache;
  }

  static boolean isHere() {
    return Packages.isHere("apt-get") && Packages.isHere("dpkg-deb");
  }

  static String packageOf(ServerKind kind) {
    return switch (kind) {
      case NATS -> "nats-server";
      case REDIS -> "redis-server";
      case POSTGRES -> "postgresql";
    };
  }

  Optional<Program> bring(ServerKind kind, Consumer<String> says) throws IOException {
    if (kind == ServerKind.POSTGRES) {
      // Its programs look for their files where the package would have put them.
      return Optional.empty();
    }
    Path root = unpacked(packageOf(kind), kind.title(), says);
    return program(root, kind);
  }

  /**
   * The folder in the cache with a package and all it needs; fetched when it is first asked for.
   */
  Path unpacked(String packageName, String title, Consumer<String> says) throws IOException {
    String name = "apt-" + packageName;
    if (cache.find(name).isEmpty()) {
      says.accept(
          title
              + " is missing; fetching Debian's package "
              + packageName
              + " into "
              + cache.path());
    }
    return cache.once(name, folder -> fill(folder, packageName));
  }

  private static Optional<Program> program(Path root, ServerKind kind) throws IOException {
    String libraries = libraryFolders(root);
    Map<String, String> environment =
        libraries.isEmpty() ? Map.of() : Map.of("LD_LIBRARY_PATH", libraries);
    return Stream.of("usr/bin", "usr/sbin")
        .map(folder -> root.resolve(folder).resolve(kind.program()))
        .filter(Files::isExecutable)
        .flatMap(program -> Program.asked(program, environment).stream())
        .filter(program -> program.version().isAtLeast(kind.oldest()))
        .findFirst();
  }

  private static String libraryFolders(Path root) throws IOException {
    try (Stream<Path> folders = Files.find(root, 4, (path, _) -> isLibraryFolder(root, path))) {
      return folders.map(Path::toString).collect(Collectors.joining(":"));
    }
  }

  /** {@code usr/lib/x86_64-linux-gnu} and its like. */
  private static boolean isLibraryFolder(Path root, Path path) {
    String name = root.relativize(path).toString();
    return name.matches("(usr/)?lib/[^/]+-linux-[^/]+") && Files.isDirectory(path);
  }

  private static void fill(Path folder, String packageName) throws IOException {
    Path work = folder.resolve("apt");
    Path archives = work.resolve("archives");
    Path lists = work.resolve("lists");
    Files.createDirectories(archives.resolve("partial"));
    Files.createDirectories(lists.resolve("partial"));
    Path scratch = Files.createDirectories(work.resolve("cache"));
    List<String> withSystemLists =
        aptGet("Dir::Cache=" + scratch, "Dir::Cache::archives=" + archives);
    List<String> withOwnLists =
        aptGet(
            "Dir::Cache=" + scratch,
            "Dir::Cache::archives=" + archives,
            "Dir::State::lists=" + lists);

    Command.Result downloaded = download(withSystemLists, packageName);
    if (!downloaded.succeeded()) {
      // A bare machine has no lists yet, and old ones name packages that are gone.
      run(withOwnLists, "update", "-qq");
      downloaded = download(withOwnLists, packageName);
    }
    if (!downloaded.succeeded()) {
      throw new IOException(
          "apt-get could not fetch " + packageName + ": " + downloaded.lastLine());
    }
    unpack(archives, folder);
    CacheFolder.deleteTree(work);
  }

  private static Command.Result download(List<String> aptGet, String packageName) {
    return run(
        aptGet, "install", "--download-only", "--no-install-recommends", "-y", "-q", packageName);
  }

  /** No lock of the system's is needed (nor could a user take one): nothing of it is written. */
  private static List<String> aptGet(String... options) {
    List<String> words = new ArrayList<>(List.of("apt-get", "-o", "Debug::NoLocking=1"));
    words.addAll(List.of("-o", "APT::Sandbox::User="));
    Stream.of(options).forEach(option -> words.addAll(List.of("-o", option)));
    return words;
  }

  private static Command.Result run(List<String> aptGet, String... rest) {
    List<String> words = new ArrayList<>(aptGet);
    words.addAll(List.of(rest));
    return new Command(words, Map.of("LC_ALL", "C", "DEBIAN_FRONTEND", "noninteractive"), LIMIT)
        .run();
  }

  private static void unpack(Path archives, Path folder) throws IOException {
    try (DirectoryStream<Path> packages = Files.newDirectoryStream(archives, "*.deb")) {
      for (Path archive : packages) {
        Command.Result unpacked =
            Command.of(LIMIT, "dpkg-deb", "-x", archive.toString(), folder.toString()).run();
        if (!unpacked.succeeded()) {
          throw new IOException("dpkg-deb: " + unpacked.lastLine());
        }
      }
    }
  }
}
