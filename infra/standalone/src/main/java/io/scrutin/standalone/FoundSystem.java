package io.scrutin.standalone;

import io.scrutin.console.Surroundings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** What a folder of {@code up} tells a command: keys always, addresses while it runs. */
final class FoundSystem {
  /** In {@code run/up.properties}, and what a command knows it as. */
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "url", Surroundings.PUBLIC_URL,
          "nats", Surroundings.NATS_URL,
          "redis", Surroundings.REDIS_URL,
          "postgres", Surroundings.POSTGRES_URL);

  private FoundSystem() {}

  /** What the environment says goes first. */
  static Map<String, String> surroundings(Path dir, Map<String, String> environment)
      throws IOException {
    Map<String, String> found = new HashMap<>();
    if (Files.isDirectory(dir.resolve("keys"))) {
      Map<String, String> written = DirLock.isTaken(dir) ? read(file(dir)) : Map.of();
      found.putAll(surroundings(written, new Keys(dir)));
    }
    found.putAll(environment);
    return Map.copyOf(found);
  }

  static Map<String, String> surroundings(Map<String, String> addresses, Keys keys) {
    Map<String, String> found = new HashMap<>(keys.places());
    addresses.forEach((name, address) -> found.put(ADDRESSES.getOrDefault(name, name), address));
    found.put(Surroundings.ENVIRONMENT, Settings.ENVIRONMENT);
    return Map.copyOf(found);
  }

  /** All ports are free ones, other at each start. */
  static void write(Path dir, Map<String, String> addresses) throws IOException {
    StringBuilder lines = new StringBuilder();
    addresses.forEach((name, address) -> lines.append(name + "=" + address + "\n"));
    Path draft = dir.resolve("run").resolve("up.properties.draft");
    Files.writeString(draft, lines);
    Files.move(draft, file(dir), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path file(Path dir) {
    return dir.resolve("run").resolve("up.properties");
  }

  private static Map<String, String> read(Path file) throws IOException {
    Map<String, String> addresses = new HashMap<>();
    if (Files.exists(file)) {
      Properties written = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        written.load(reader);
      }
      written.forEach((name, address) -> addresses.put(name.toString(), address.toString()));
    }
    return addresses;
  }
}
