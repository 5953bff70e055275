package io.scrutin.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;

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

  /** Those that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
  private static final Set<String> OF_ONE_HOP =
      ignoringCase(
          "Connection",
          "Host",
          "Content-Length",
          "Upgrade",
          "Expect",
          "Transfer-Encoding",
          "Keep-Alive",
          "TE",
          "Trailer",
          "HTTP2-Settings");

  /** Longer than the longest that a voter may ask to wait for an outcome. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(75);

  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private final HttpServer server;
  private final HttpClient client;
  private final Map<String, URI> functions;

  private FrontDoor(HttpServer server, HttpClient client, Map<String, URI> functions) {
    this.server = server;
    this.client = client;
    this.functions = Map.copyOf(functions);
  }

  static FrontDoor open(int port, Map<String, URI> functions) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    HttpClient client =
        HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    FrontDoor door = new FrontDoor(server, client, functions);
    server.setExecutor(threads);
    server.createContext("/", door::answer);
    server.start();
    return door;
  }

  private static Set<String> ignoringCase(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(List.of(names));
    return set;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI target = exchange.getRequestURI();
      if (!isPlain(target)) {
        problem(exchange, 400, "Bad Request");
        return;
      }
      String path = target.getRawPath();
      Optional<URI> function =
          ROUTES.stream()
              .filter(route -> path.startsWith(route.prefix()))
              .findFirst()
              .map(route -> functions.get(route.function()));
      if (function.isPresent()) {
        passOn(exchange, function.get());
      } else {
        page(exchange, path);
      }
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

  /** On the function, whatever else the request's target says. */
  private static URI on(URI function, URI target) {
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return URI.create(function + target.getRawPath() + query);
  }

  private void passOn(HttpExchange exchange, URI function) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      problem(exchange, 413, "Content Too Large");
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(on(function, exchange.getRequestURI()))
            .timeout(LONGEST_WAIT)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_ONE_HOP.contains(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      copy(client.send(request.build(), BodyHandlers.ofInputStream()), exchange);
    } catch (ConnectException asleep) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      problem(exchange, 503, "Service Unavailable");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      problem(exchange, 503, "Service Unavailable");
    }
  }

  private static void copy(HttpResponse<InputStream> response, HttpExchange exchange)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_ONE_HOP.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    boolean empty = response.statusCode() == 204 || response.statusCode() == 304;
    exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : 0);
    try (InputStream from = response.body();
        OutputStream to = exchange.getResponseBody()) {
      byte[] chunk = new byte[8192];
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        to.write(chunk, 0, read);
        // Results come as a stream of events: each must be out before the next one exists.
        to.flush();
      }
    }
  }

  private static void page(HttpExchange exchange, String path) throws IOException {
    Optional<Page.File> file = Page.file(path);
    if (file.isEmpty()) {
      problem(exchange, 404, "Not Found");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", file.get().contentType());
    exchange.getResponseHeaders().set("Content-Security-Policy", Page.CONTENT_SECURITY_POLICY);
    byte[] content = file.get().content();
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  private static void problem(HttpExchange exchange, int status, String title) throws IOException {
    byte[] body =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}"
            .formatted(title, status)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(1);
    client.shutdownNow();
  }
}
