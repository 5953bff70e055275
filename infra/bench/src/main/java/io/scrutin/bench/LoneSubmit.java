package io.scrutin.bench;

import io.scrutin.servers.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** submit as a process of its own, with nothing but a broker. */
final class LoneSubmit implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final URI url;

  private LoneSubmit(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Returns once it answers.
   *
   * @param environment the first word of its subjects
   * @param keys the folder of its keys
   * @param dir where its log goes
   */
  static LoneSubmit start(String natsUrl, String environment, Path keys, Path dir)
      throws IOException, InterruptedException {
    int port = Ports.free();
    URI url = URI.create("http://localhost:" + port);
    LoneSubmit submit = new LoneSubmit(start(natsUrl, environment, keys, dir, port), url);
    try {
      submit.awaitReady();
    } catch (IOException | InterruptedException failure) {
      submit.close();
      throw failure;
    }
    return submit;
  }

  private static Process start(String natsUrl, String environment, Path keys, Path dir, int port)
      throws IOException {
    Path module = Path.of(System.getProperty("scrutin.root", "."), "functions", "submit", "target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What the JVM learnt of the whole does not fit a submit alone.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-XX:AOTCache="))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        module.resolve("classes")
            + ":"
            + Files.readString(module.resolve("classpath.txt")).strip());
    command.add("io.scrutin.submit.Application");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SCRUTIN_ENVIRONMENT", environment);
    builder.environment().put("SCRUTIN_NATS_URL", natsUrl);
    builder.environment().put("SUBMIT_KEYS_DIR", keys.toString());
    // The same voters come in each run, and would be held back as people who try too often.
    builder.environment().put("SUBMIT_ATTEMPTS_PER_CREDENTIAL", "1000000");
    builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
    builder.environment().put("MICRONAUT_SERVER_HOST", "127.0.0.1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("submit-alone.log").toFile())
        .start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpRequest health = HttpRequest.newBuilder(url.resolve("/api/v1/health")).build();
    long end = System.nanoTime() + LONGEST_START.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isUp(http, health)) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new IOException("submit did not start alone");
        }
        Thread.sleep(50);
      }
    }
  }

  private static boolean isUp(HttpClient http, HttpRequest health) throws InterruptedException {
    try {
      return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
