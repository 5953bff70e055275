package io.scrutin.hashgen;

import io.scrutin.console.Surroundings;
import io.scrutin.credential.KeyFile;
import io.scrutin.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A person's shell: a folder, an environment, and what a command answered. */
final class Shell {
  static final String PEPPER = "0123456789abcdef".repeat(4);

  /** What a command printed, and how it ended. */
  record Answer(int exit, String out, String err) {}

  private final Path dir;
  private final Map<String, String> environment = new HashMap<>();

  Shell(Path dir) throws IOException {
    this.dir = dir;
    pepper(PEPPER);
    environment.put(Surroundings.PEPPER_FILE, pepperFile().toString());
  }

  private Path pepperFile() {
    return dir.resolve("pepper.key");
  }

  void pepper(String hex) throws IOException {
    Files.deleteIfExists(pepperFile());
    KeyFile.write(pepperFile(), HexFormat.of().parseHex(hex));
  }

  Shell on(TestDatabase database, String redisUrl, String prefix) throws IOException {
    Files.writeString(dir.resolve("hashgen"), "trusted");
    environment.put(Surroundings.POSTGRES_URL, database.jdbcUrl());
    environment.put(Surroundings.POSTGRES_PASSWORDS_DIR, dir.toString());
    environment.put(Surroundings.REDIS_URL, redisUrl);
    environment.put(Surroundings.ENVIRONMENT, prefix);
    return this;
  }

  Shell with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  Path dir() {
    return dir;
  }

  Path file(String name, List<String> lines) throws IOException {
    return Files.write(dir.resolve(name), lines);
  }

  Answer run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> words = List.of(arguments).stream().map(Object::toString).toList();
    int exit = HashgenCommand.run(words, environment, new PrintWriter(out), new PrintWriter(err));
    return new Answer(exit, out.toString(), err.toString());
  }

  /** As generate does, with shards so small that a few voters make many. */
  void generate(List<String> rows, int shardCount, Path out) throws Exception {
    StringWriter ignored = new StringWriter();
    PrintWriter writer = new PrintWriter(ignored);
    RollKey key = RollKey.hmac(pepperFile());
    Path csv = file("rows.csv", rows);
    new GenerateRoll(key, shardCount, new Console(writer, writer, false)).generate(csv, out, 0);
  }
}
