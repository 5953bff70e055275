package io.scrutin.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Trains the cache of a package where it stands: starts the server as production does, with stores
 * that are empty and a broker that is away, asks it what its script says, and ends it; the JVM
 * writes the cache as it ends. Then starts it once more, this time only from the cache.
 *
 * <p>It runs while an image is built, where nothing but a JDK is: it uses no library.
 */
public final class Rehearsal {
  private static final int ROUNDS = 3;
  private static final int NOT_FOUND = 404;
  private static final String UNKNOWN_HERE = "problem:unknown-";
  private static final String ROW = "row ";
  private static final int NOT_ALLOWED = 405;
  private static final long STOP_SECONDS = 300;

  private final Path folder;
  private final Path scratch;
  private final List<String> script;

  private Rehearsal(Path folder, Path scratch) throws IOException {
    this.folder = folder;
    this.scratch = scratch;
    this.script = Files.readAllLines(folder.resolve("training").resolve("script"));
  }

  /** Prints the milliseconds to the first answer, from the cache. */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createTempDirectory("rehearsal");
    try {
      Rehearsal rehearsal = new Rehearsal(Path.of(arguments[0]), scratch);
      rehearsal.train();
      System.out.println(rehearsal.startFromCache());
    } finally {
      try (var left = Files.walk(scratch)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void train() throws Exception {
    Path cache = scratch.resolve("app.aot");
    Path log = scratch.resolve("training.log");
    try (RehearsalStore redis = RehearsalStore.that(new RehearsalRedis());
        RehearsalStore postgres = RehearsalStore.that(new RehearsalPostgres(rows()))) {
      Map<String, String> environment = RehearsalSurroundings.with(redis, postgres, surroundings());
      environment.put("SCRUTIN_TRAIN", cache.toString());
      try (RehearsalServer server = RehearsalServer.start(folder, environment, log)) {
        rehearse(server);
        server.stop(STOP_SECONDS, TimeUnit.SECONDS);
      }
    }
    if (!Files.exists(cache)) {
      throw new IOException("no cache was written:\n" + Files.readString(log));
    }
    Files.move(cache, folder.resolve("app.aot"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new HashMap<>();
    for (String line : script) {
      if (line.startsWith(ROW)) {
        List<String> parts = List.of(line.substring(ROW.length()).split("\t"));
        rows.put(parts.getFirst(), parts.subList(1, parts.size()));
      }
    }
    return rows;
  }

  private void rehearse(RehearsalServer server) throws IOException, InterruptedException {
    server.awaitAnswer();
    for (int round = 0; round < ROUNDS; round++) {
      for (String line : script) {
        if (!line.startsWith("keys ") && !line.startsWith(ROW)) {
          refuseStale(line, server.ask(line));
        }
      }
    }
  }

  /** That nobody knows the law is no surprise; a route that is not there trains nothing. */
  private static void refuseStale(String line, RehearsalServer.Answer answer) throws IOException {
    boolean unknown = answer.body().contains(UNKNOWN_HERE);
    if ((answer.status() == NOT_FOUND && !unknown) || answer.status() == NOT_ALLOWED) {
      throw new IOException(answer.status() + " to " + line);
    }
  }

  private long startFromCache() throws Exception {
    Map<String, String> environment = surroundings();
    // Rather no start than a slow one, here.
    environment.put("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
    Path log = scratch.resolve("start.log");
    try (RehearsalServer server = RehearsalServer.start(folder, environment, log)) {
      long millis = server.awaitAnswer();
      server.stop(STOP_SECONDS, TimeUnit.SECONDS);
      return millis;
    }
  }

  private Map<String, String> surroundings() throws IOException {
    return RehearsalSurroundings.of(script, Files.createDirectories(scratch.resolve("keys")));
  }
}
