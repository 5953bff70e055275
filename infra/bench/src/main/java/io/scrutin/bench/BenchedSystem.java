package io.scrutin.bench;

import io.scrutin.console.Surroundings;
import io.scrutin.standalone.Standalone;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code ./scrutin up}, as a process of its own beside the driver's: started as a user starts it,
 * with the options of this JVM, which are those of {@code ./scrutin}.
 */
final class BenchedSystem implements AutoCloseable {
  static final String SYSTEM = "system";

  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

  private final Process process;
  private final Path dir;

  private BenchedSystem(Process process, Path dir) {
    this.process = process;
    this.dir = dir;
  }

  /** Returns once it serves. */
  static BenchedSystem start(Path dir, int voters, boolean processes, PrintWriter out)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.scrutin.standalone.Main", "up", "--no-demo", "--port", "0"));
    command.addAll(List.of("--dir", dir.toString(), "--voters", Integer.toString(voters)));
    if (processes) {
      command.add("--processes");
    }
    Path log = Files.createDirectories(dir.resolve("logs")).resolve("up.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    BenchedSystem system = new BenchedSystem(process, dir);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-up"));
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!Files.exists(dir.resolve("run").resolve("up.properties"))) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        system.close();
        throw new IOException("./scrutin up did not start; what it said is in " + log);
      }
      Thread.sleep(100);
    }
    out.println("  ./scrutin up runs; what it says is in " + log);
    return system;
  }

  Map<String, String> surroundings() throws IOException {
    return Standalone.surroundings(dir);
  }

  URI url() throws IOException {
    return URI.create(new Surroundings(surroundings()).get(Surroundings.PUBLIC_URL));
  }

  long pid() {
    return process.pid();
  }

  /** Servers, functions if they have processes, and the system that started them. */
  Map<String, Long> processes() throws IOException {
    Map<String, Long> named = new LinkedHashMap<>();
    named.put(SYSTEM, process.pid());
    try (Stream<Path> files = Files.list(dir.resolve("run"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pid")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".pid", "");
        named.put(name, Long.parseLong(Files.readString(file).strip()));
      }
    }
    return named;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
