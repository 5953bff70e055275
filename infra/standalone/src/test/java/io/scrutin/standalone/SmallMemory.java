package io.scrutin.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A function that has enough memory to start, and not for what it is sent. */
final class SmallMemory {
  /** What a JVM ends with that ends itself when it is out of memory. */
  static final int EXIT = 3;

  private static final int BATCHES = 40;

  private SmallMemory() {}

  /** The same with a smaller heap, and room for what is not on it. */
  static List<String> ofObjects(List<String> known) {
    return with(known, "-Xmx28m", "-XX:MaxDirectMemorySize=256m");
  }

  /**
   * The same, with too little for what comes from the network: the JVM itself does not see that.
   */
  static List<String> ofBuffers(List<String> known) {
    return with(known, "-Xmx192m", "-XX:MaxDirectMemorySize=6m");
  }

  private static List<String> with(List<String> known, String... bounds) {
    return known.stream()
        .flatMap(word -> word.startsWith("-Xmx") ? Stream.of(bounds) : Stream.of(word))
        .toList();
  }

  /** More at once than it can hold, as batches that it has to read. */
  static void flood(URI function) {
    byte[] batch = ("[" + "{\"specversion\":\"1.0\"},".repeat(40_000) + "{}]").getBytes(UTF_8);
    HttpRequest post =
        HttpRequest.newBuilder(function.resolve("/events/store"))
            .header("content-type", "application/cloudevents-batch+json")
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofByteArray(batch))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = 0; i < BATCHES; i++) {
        var _ = http.sendAsync(post, BodyHandlers.discarding());
      }
    }
  }

  /** Of memory or of a crash, wherever a JVM might have left one. */
  static List<String> dumps(Path dir) throws IOException {
    try (Stream<Path> here = Files.walk(Path.of("").toAbsolutePath(), 1);
        Stream<Path> there = Files.walk(dir)) {
      return Stream.concat(here, there)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(".*\\.hprof|hs_err_pid.*|core(\\.\\d+)?"))
          .toList();
    }
  }
}
