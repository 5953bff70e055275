package io.scrutin.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What renders the manifests: kubectl or kustomize, from the PATH or, unpacked into the cache, from
 * Debian's packages.
 *
 * @param words the command, up to the folder to render
 * @param environment what it needs to run
 */
public record RenderingProgram(List<String> words, Map<String, String> environment) {
  private static final String PACKAGE = "kubernetes-client";

  public RenderingProgram {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  public static RenderingProgram onThisMachine(Consumer<String> says) {
    List<Path> folders =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .toList();
    return in(folders, CacheFolder.ofUser(), says);
  }

  static RenderingProgram in(List<Path> folders, CacheFolder cache, Consumer<String> says) {
    for (Path folder : folders) {
      if (Files.isExecutable(folder.resolve("kubectl"))) {
        return kubectl(folder.resolve("kubectl"));
      }
      if (Files.isExecutable(folder.resolve("kustomize"))) {
        Path program = folder.resolve("kustomize");
        return new RenderingProgram(List.of(program.toString(), "build"), Map.of());
      }
    }
    List<String> failures = new ArrayList<>();
    try {
      if (AptPackages.isHere()) {
        Path root = new AptPackages(cache).unpacked(PACKAGE, "kubectl", says);
        return kubectl(root.resolve("usr/bin/kubectl"));
      }
    } catch (IOException failure) {
      failures.add(String.valueOf(failure.getMessage()));
    }
    throw new ServerUnavailable(
        "kubectl 1.20 or later, or kustomize, is missing and could not be brought. Install one: "
            + "sudo apt install kubernetes-client, or brew install kubectl"
            + (failures.isEmpty() ? "" : " (" + String.join("; ", failures) + ")"));
  }

  private static RenderingProgram kubectl(Path program) {
    return new RenderingProgram(List.of(program.toString(), "kustomize"), Map.of());
  }
}
