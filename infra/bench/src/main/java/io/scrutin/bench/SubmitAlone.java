package io.scrutin.bench;

import io.nats.client.Connection;
import io.scrutin.event.Contest;
import io.scrutin.event.ContestOpened;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** submit in a process with nothing behind it but a broker that nobody reads. */
final class SubmitAlone {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  /** Faster than it can: there is always somebody who waits for a connection. */
  private static final double TOO_FAST = 60_000;

  private static final double HALF_OF_IT = TOO_FAST / 2;

  /** It is compiled as it runs; another run that brings less than this is not worth its time. */
  private static final double HARDLY_FASTER = 1.03;

  private static final int MOST_RUNS = 12;

  private final Contest contest;
  private final Path keys;
  private final VotePosts posts;
  private final Path dir;

  /**
   * @param contest that it takes votes for
   * @param keys the folder of its keys
   * @param dir where its log goes
   */
  SubmitAlone(Contest contest, Path keys, VotePosts posts, Path dir) {
    this.contest = contest;
    this.keys = keys;
    this.posts = posts;
    this.dir = dir;
  }

  /** Votes a second that it answered with 202. */
  double measure(String natsUrl, Connection broker, Duration length) throws Exception {
    Event opened =
        Event.first(new ContestOpened(contest), "bench", Clock.systemUTC().instant(), null);
    broker
        .jetStream()
        .publish(
            EventType.CONTEST_OPENED.subject(Roofs.ENVIRONMENT), new EventCodec().encode(opened));
    int port = freePort();
    Process process = start(natsUrl, port);
    try (Driver driver = new Driver(URI.create("http://localhost:" + port))) {
      awaitReady(process, port);
      return untilWarm(driver, (int) (HALF_OF_IT * length.toSeconds()));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private double untilWarm(Driver driver, int votes) throws Exception {
    int some = Math.min(votes, posts.voters());
    double best = 0;
    double before = 0;
    for (int runs = 0; runs < MOST_RUNS && best >= HARDLY_FASTER * before; runs++) {
      Sent sent =
          driver.start(Arrivals.steady(TOO_FAST, some, new Random(1)), posts, 0, 0).sent().get();
      before = best;
      best = Math.max(best, sent.accepted() / (sent.took().toNanos() / 1e9));
    }
    return best;
  }

  private Process start(String natsUrl, int port) throws IOException {
    Path module = Path.of(System.getProperty("scrutin.root", "."), "functions", "submit", "target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(
        module.resolve("classes")
            + ":"
            + Files.readString(module.resolve("classpath.txt")).strip());
    command.add("io.scrutin.submit.Application");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SCRUTIN_ENVIRONMENT", Roofs.ENVIRONMENT);
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process, int port)
      throws IOException, InterruptedException {
    HttpRequest health =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/health")).build();
    long end = System.nanoTime() + LONGEST_START.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (!isUp(http, health)) {
        if (!process.isAlive() || System.nanoTime() > end) {
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
}
