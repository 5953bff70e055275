package io.scrutin.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;

/** A function that starts, answers, drains and dies as a test wants it to. */
public final class NappingFunction {
  /** One line for each process that started. */
  static final String STARTS = "starts";

  /** While this file is there, a process ends before it is ready. */
  static final String BROKEN = "broken";

  /** While this file is there, a process is not ready, or does not end. */
  static final String HELD = "held";

  /** One line for each process that was told to stop. */
  static final String STOPS = "stops";

  private final Path folder;

  private NappingFunction(Path folder) {
    this.folder = folder;
  }

  /** What starts one, as a process of its own with that folder. */
  static List<String> command(Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        NappingFunction.class.getName(),
        folder.toString());
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    new NappingFunction(folder).serve(Integer.parseInt(Objects.requireNonNull(port())));
  }

  @org.jspecify.annotations.Nullable
  private static String port() {
    return System.getenv("PORT");
  }

  private void serve(int port) throws Exception {
    note(STARTS);
    if (Files.exists(folder.resolve(BROKEN))) {
      Runtime.getRuntime().halt(1);
    }
    awaitRelease();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", NappingFunction::answer);
    server.createContext("/die", _ -> Runtime.getRuntime().halt(1));
    server.createContext("/half", NappingFunction::half);
    server.createContext("/stream", NappingFunction::stream);
    Runtime.getRuntime().addShutdownHook(new Thread(this::drain));
    server.start();
  }

  private void note(String file) throws IOException {
    Files.writeString(
        folder.resolve(file),
        ProcessHandle.current().pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void awaitRelease() throws InterruptedException {
    while (Files.exists(folder.resolve(HELD))) {
      Thread.sleep(20);
    }
  }

  private void drain() {
    try {
      note(STOPS);
      awaitRelease();
    } catch (IOException | InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().putAll(Map.of("X-Body", java.util.List.of("" + body.length)));
    exchange.sendResponseHeaders(200, pid.length);
    exchange.getResponseBody().write(pid);
    exchange.close();
  }

  private static void half(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write("[{".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    Runtime.getRuntime().halt(1);
  }

  /** Two seconds, which is longer than any idle time of a test. */
  private static void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 20; i++) {
      exchange.getResponseBody().write((i + "\n").getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(100);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.close();
  }
}
