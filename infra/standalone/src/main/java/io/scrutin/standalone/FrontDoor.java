package io.scrutin.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The one public address when each function is a process of its own: passes a request on to the
 * function that serves its path, and hands out the voter's page.
 */
final class FrontDoor implements AutoCloseable {
  /** The first that fits is taken, so the longer of two alike stands first. */
  private record Route(String prefix, String function) {}

  private static final List<Route> ROUTES =
      List.of(
          new Route("/api/v1/vote/", "audit"),
          new Route("/api/v1/vote", "submit"),
          new Route("/api/v1/contests", "submit"),
          new Route("/api/v1/results/", "results"),
          new Route("/api/v1/audit/", "audit"),
          new Route("/api/v1/health", "submit"),
          new Route("/health", "submit"),
          new Route("/prometheus", "submit"),
          new Route("/stats", "trigger"));

  private static final int MAX_BODY_BYTES = 1024 * 1024;

  /**
   * Each takes four open files of a process that may have no more than 20,000. Whoever comes on top
   * is told to come again, since a function that is stopped would fill any number of places.
   */
  private static final int MOST_AT_ONCE = 2_000;

  /** As many may connect at once before this door has looked at the first. */
  private static final int BACKLOG = 1_024;

  /** Longer than submit holds back an attempt, and than a function sleeps on once it is called. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Whoever finds it full finds all others who do: soon again, they would keep it full. */
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);

  private final HttpServer server;
  private final Forwarding forwarding;
  private final Map<String, URI> functions;
  private final Semaphore places;

  private FrontDoor(
      HttpServer server, Forwarding forwarding, Map<String, URI> functions, int mostAtOnce) {
    this.server = server;
    this.forwarding = forwarding;
    this.functions = Map.copyOf(functions);
    this.places = new Semaphore(mostAtOnce);
  }

  static FrontDoor open(int port, Map<String, URI> functions) throws IOException {
    return open(port, functions, MOST_AT_ONCE);
  }

  static FrontDoor open(int port, Map<String, URI> functions, int mostAtOnce) throws IOException {
    HttpServer server = LoopbackHttp.create(port, BACKLOG);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    FrontDoor door =
        new FrontDoor(
            server, new Forwarding(threads, MAX_BODY_BYTES, PATIENCE), functions, mostAtOnce);
    server.setExecutor(threads);
    server.createContext("/", door::answer);
    server.start();
    return door;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** When an answer breaks off half-way this throws, and the server drops the connection. */
  private void answer(HttpExchange exchange) throws IOException {
    if (places.tryAcquire()) {
      try {
        serve(exchange);
      } finally {
        places.release();
      }
    } else {
      Forwarding.later(exchange, COME_AGAIN);
    }
    exchange.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    URI target = exchange.getRequestURI();
    if (isPlain(target)) {
      route(exchange, target.getRawPath());
    } else {
      Forwarding.problem(exchange, 400, "Bad Request");
    }
  }

  private void route(HttpExchange exchange, String path) throws IOException {
    Optional<URI> function =
        ROUTES.stream()
            .filter(route -> path.startsWith(route.prefix()))
            .findFirst()
            .map(route -> functions.get(route.function()));
    if (function.isPresent()) {
      forwarding.pass(exchange, function.get());
    } else {
      page(exchange, path);
    }
  }

  /**
   * A path and no more. With an authority in it, as in {@code //elsewhere/api}, this door would
   * fetch from elsewhere and serve that as its own; with dots in it, routes would not be what they
   * seem.
   */
  static boolean isPlain(URI target) {
    String path = target.getRawPath();
    return target.getScheme() == null
        && target.getRawAuthority() == null
        && path != null
        && path.startsWith("/")
        && !path.contains("//")
        && !path.contains("..")
        && !path.contains("/./")
        && !path.contains("%");
  }

  private static void page(HttpExchange exchange, String path) throws IOException {
    Optional<Page.File> file = Page.file(path);
    if (file.isEmpty()) {
      Forwarding.problem(exchange, 404, "Not Found");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", file.get().contentType());
    exchange.getResponseHeaders().set("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
    byte[] content = file.get().content();
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(1);
    forwarding.close();
  }
}
