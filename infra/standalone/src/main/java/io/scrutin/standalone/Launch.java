package io.scrutin.standalone;

import io.scrutin.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a function, or the trigger, is started from: its package, which is what an image holds, or
 * what was just built of it.
 *
 * @param root of the repository
 * @param packages the folder that {@code ./scrutin package} wrote; empty for what was just built
 * @param dir where logs and pid files go
 */
record Launch(Path root, Optional<Path> packages, Path dir, Settings settings) {
  static final String TRIGGER = "trigger";

  /** Nine of them are on one machine. */
  private static final String MEMORY = "192m";

  /** From what is found where this JVM was told to look. */
  static Launch here(Path dir, Settings settings) {
    return new Launch(
        Path.of(System.getProperty("scrutin.root", ".")),
        Optional.ofNullable(System.getProperty("scrutin.packages")).map(Path::of),
        dir,
        settings);
  }

  FunctionProcess start(String function) throws IOException {
    return start(function, function, Map.of(), Ports.free());
  }

  /**
   * @param name of this one among its replicas
   * @param more settings of it
   * @param port where it listens
   */
  FunctionProcess start(String name, String function, Map<String, String> more, int port)
      throws IOException {
    Map<String, String> environment = settings.asEnvironment(function);
    environment.putAll(more);
    return start(name, function, root.resolve("functions").resolve(function), environment, port);
  }

  /** The only one. */
  FunctionProcess startTrigger(
      Function<String, Optional<URI>> addresses, Map<String, String> more, int port)
      throws IOException {
    return startTrigger(TRIGGER, addresses, more, port);
  }

  /**
   * @param name of this one among its replicas
   * @param addresses where each function is to be called
   * @param more settings of it
   * @param port where it listens
   */
  FunctionProcess startTrigger(
      String name, Function<String, Optional<URI>> addresses, Map<String, String> more, int port)
      throws IOException {
    Path bindings = Files.createDirectories(dir.resolve("run")).resolve(name + ".properties");
    Files.writeString(bindings, Settings.bindingsFile(addresses));
    Map<String, String> environment = settings.asEnvironment(TRIGGER);
    environment.put("MICRONAUT_CONFIG_FILES", bindings.toString());
    environment.putAll(more);
    return start(name, TRIGGER, root.resolve("knative").resolve(TRIGGER), environment, port);
  }

  private FunctionProcess start(
      String name, String what, Path module, Map<String, String> environment, int port)
      throws IOException {
    List<String> command =
        packages.isPresent()
            ? ofPackage(packages.get().resolve(what), environment)
            : ofModule(what, module, dir);
    return FunctionProcess.start(name, command, dir, environment, port);
  }

  /** The folder is named behind the main class, which takes it for a setting of its own. */
  private List<String> ofPackage(Path folder, Map<String, String> environment) {
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SCRUTIN_MEMORY", MEMORY);
    return List.of(folder.resolve("start").toString(), FunctionProcess.marker(dir));
  }

  /** What was just built of a module, for data in that folder. */
  static List<String> ofModule(String name, Path module, Path dir) throws IOException {
    Path target = module.resolve("target");
    String classPath =
        target.resolve("classes") + ":" + Files.readString(target.resolve("classpath.txt")).trim();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx" + MEMORY,
        // As in packages: out of memory it ends, and what it held of votes is written nowhere.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-HeapDumpOnOutOfMemoryError",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=/dev/null",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        FunctionProcess.marker(dir),
        "-cp",
        classPath,
        "io.scrutin." + name + ".Application");
  }
}
