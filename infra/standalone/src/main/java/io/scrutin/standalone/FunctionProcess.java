package io.scrutin.standalone;

import io.scrutin.servers.Ports;
import io.scrutin.servers.Session;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One function, or the trigger, as a JVM of its own. */
final class FunctionProcess implements AutoCloseable {
  /** The same as on Knative: what a function may take to finish the batch in hand. */
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private static final Duration START = Duration.ofSeconds(60);

  /** A voter may wait for it, and to be refused takes tens of microseconds. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private static final int CONNECT_MILLIS = 500;

  private final String name;
  private final URI url;
  private final Process process;
  private final Path pidFile;

  private FunctionProcess(String name, URI url, Process process, Path pidFile) {
    this.name = name;
    this.url = url;
    this.process = process;
    this.pidFile = pidFile;
  }

  /**
   * @param command what becomes the function, without another process between
   * @param environment what it is configured by, as in a container
   */
  static FunctionProcess start(
      String name, List<String> command, Path dir, Map<String, String> environment)
      throws IOException {
    return start(name, command, dir, environment, Ports.free());
  }

  static FunctionProcess start(
      String name, List<String> command, Path dir, Map<String, String> environment, int port)
      throws IOException {
    Path pidFile = dir.resolve("run").resolve(name + ".pid");
    Files.createDirectories(pidFile.getParent());
    ProcessBuilder builder = new ProcessBuilder(Session.detached(pidFile, command));
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    Path log = dir.resolve("logs").resolve(name + ".log");
    Files.createDirectories(log.getParent());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    URI url = URI.create("http://127.0.0.1:" + port);
    return new FunctionProcess(name, url, process, pidFile);
  }

  /** What a process of this folder can be told by. */
  static String marker(Path dir) {
    return "-Dscrutin.dir=" + dir;
  }

  String name() {
    return name;
  }

  URI url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** What it has cost until now; nothing where the platform does not tell. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!isListening() || !isReady()) {
      if (!process.isAlive()) {
        throw new IOException(name + " ended while starting; see logs/" + name + ".log");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(name + " is not ready after " + START.toSeconds() + " s");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /** Asked before the question over HTTP, which costs the starting function's cores more. */
  private boolean isListening() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean isReady() {
    try {
      HttpURLConnection probe =
          (HttpURLConnection) url.resolve("/health/readiness").toURL().openConnection();
      probe.setConnectTimeout(CONNECT_MILLIS);
      probe.setReadTimeout(2000);
      // Asked last: when ours could not have its port, whoever has it answers.
      return probe.getResponseCode() == 200 && process.isAlive();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** SIGTERM, and time to finish the batch in hand. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(pidFile);
    } catch (InterruptedException stopping) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException leftBehind) {
      // A pid file of a process that is gone harms nobody, and the next start writes it anew.
      return;
    }
  }
}
