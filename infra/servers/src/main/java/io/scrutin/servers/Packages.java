package io.scrutin.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the platform's own package manager has. */
final class Packages {
  /** A manager that installs for the whole machine. Only Homebrew may be run by anybody. */
  private record Platform(String command, List<String> install, boolean asRoot) {
    String packageOf(ServerKind kind) {
      return switch (kind) {
        case NATS -> "nats-server";
        case REDIS -> "redis";
        case POSTGRES ->
            switch (command) {
              case "brew" -> "postgresql@17";
              case "dnf" -> "postgresql-server";
              case "apk" -> "postgresql17";
              case String _ -> "postgresql";
            };
      };
    }

    String commandLine(ServerKind kind) {
      return (asRoot ? "sudo " : "") + String.join(" ", install) + " " + packageOf(kind);
    }
  }

  private static final List<Platform> PLATFORMS =
      List.of(
          new Platform("brew", List.of("brew", "install"), false),
          new Platform("dnf", List.of("dnf", "install", "-y"), true),
          new Platform("apk", List.of("apk", "add"), true),
          new Platform("pacman", List.of("pacman", "-S", "--noconfirm"), true));

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

  private final AptPackages apt;
  private final Installed installed;
  private final Consumer<String> says;

  Packages(CacheFolder cache, Installed installed, Consumer<String> says) {
    this.apt = new AptPackages(cache);
    this.installed = installed;
    this.says = says;
  }

  Optional<Program> bring(ServerKind kind) throws IOException {
    if (AptPackages.isHere()) {
      return apt.bring(kind, says);
    }
    Optional<Platform> manager = manager();
    if (manager.isEmpty() || manager.get().asRoot() && !Unprivileged.isRoot()) {
      return Optional.empty();
    }
    says.accept(kind.title() + " is missing; running: " + manager.get().commandLine(kind));
    List<String> words = new ArrayList<>(manager.get().install());
    words.add(manager.get().packageOf(kind));
    new Command(words, Map.of(), INSTALL_LIMIT).run();
    return installed.find(kind, _ -> true);
  }

  /** What a person can type where the program cannot be brought. */
  String advice(ServerKind kind) {
    if (AptPackages.isHere()) {
      return "sudo apt install " + AptPackages.packageOf(kind);
    }
    return manager()
        .map(manager -> manager.commandLine(kind))
        .orElse("your package manager's command for " + kind.title());
  }

  private static Optional<Platform> manager() {
    return PLATFORMS.stream().filter(manager -> isHere(manager.command())).findFirst();
  }

  static boolean isHere(String command) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }
}
