package io.scrutin.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What a server is told, of stores that are away: nobody listens on port 1. Or are there. */
final class RehearsalSurroundings {
  private static final int KEY_BYTES = 32;

  /** Each byte of all that a rehearsal has to make up. */
  static final byte PATTERN = 0x5b;

  private RehearsalSurroundings() {}

  static Map<String, String> with(
      RehearsalStore redis, RehearsalStore postgres, Map<String, String> away) {
    Map<String, String> environment = new HashMap<>(away);
    environment.put("SCRUTIN_REDIS_URL", "redis://127.0.0.1:" + redis.port());
    environment.put(
        "SCRUTIN_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/scrutin");
    return environment;
  }

  /**
   * @param script of the rehearsal: says which keys are needed
   * @param keys where they are made, all alike: what is rehearsed with them is nobody's
   */
  static Map<String, String> of(List<String> script, Path keys) throws IOException {
    Map<String, String> environment = new HashMap<>();
    // As small as production's: a heap over 32 GB, half of a large build host, has other references
    // than a small one, and the JVM would refuse the cache there.
    environment.put("SCRUTIN_MEMORY", "256m");
    environment.put("SCRUTIN_ENVIRONMENT", "rehearsal");
    environment.put("SCRUTIN_NATS_URL", "nats://127.0.0.1:1");
    environment.put("SCRUTIN_REDIS_URL", "redis://127.0.0.1:1");
    environment.put("SCRUTIN_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/scrutin");
    environment.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    for (String line : script) {
      if (line.startsWith("keys ")) {
        List<String> words = List.of(line.split(" "));
        for (String name : words.subList(2, words.size())) {
          make(keys.resolve(name));
        }
        environment.put(words.get(1), keys.toString());
      }
    }
    return environment;
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    Arrays.fill(key, PATTERN);
    Files.writeString(file, HexFormat.of().formatHex(key));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
