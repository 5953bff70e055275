package io.scrutin.packaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged server that runs. */
final class RehearsalServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  record Answer(int status, String body) {}

  private final Process process;
  private final URI url;
  private final Path log;
  private final long startedAt;
  private final HttpClient http = HttpClient.newHttpClient();

  private RehearsalServer(Process process, URI url, Path log, long startedAt) {
    this.process = process;
    this.url = url;
    this.log = log;
    this.startedAt = startedAt;
  }

  static RehearsalServer start(Path folder, Map<String, String> environment, Path log)
      throws IOException {
    int port = freePort();
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("start").toString());
    // The flags of whoever packages are not production's, and a cache fits one set of flags only.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    long startedAt = System.nanoTime();
    Process process = builder.start();
    return new RehearsalServer(process, URI.create("http://127.0.0.1:" + port), log, startedAt);
  }

  /** Not of the servers' ports: where an image is built, no library of ours is there to ask. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * @return milliseconds since the start
   */
  long awaitAnswer() throws IOException, InterruptedException {
    while (true) {
      try {
        ask("GET /health/readiness");
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedAt);
      } catch (IOException notYet) {
        if (!process.isAlive() || System.nanoTime() - startedAt > START.toNanos()) {
          throw new IOException("it does not start:\n" + Files.readString(log), notYet);
        }
        Thread.sleep(5);
      }
    }
  }

  /**
   * @param line method, path and, for a body, content type and the body
   */
  Answer ask(String line) throws IOException, InterruptedException {
    List<String> words = List.of(line.split(" ", 4));
    HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(words.get(1))).timeout(ANSWER);
    switch (words.getFirst()) {
      case "GET" -> request.GET();
      case "POST" ->
          request.header("content-type", words.get(2)).POST(BodyPublishers.ofString(words.get(3)));
      case String other -> throw new IllegalArgumentException("nobody asks with " + other);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /**
   * SIGTERM, as on Knative.
   *
   * @return what it ended with
   */
  int stop(long patience, TimeUnit unit) throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(patience, unit)) {
      throw new IOException("it does not end:\n" + Files.readString(log));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    http.close();
    process.destroyForcibly();
  }
}
