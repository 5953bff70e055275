package io.scrutin.standalone;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes requests on to where they are served, and streams the answers back. */
final class Forwarding implements AutoCloseable {
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

  /** How long whoever asks is ready to wait for an outcome (RFC 7240, 4.3). */
  private static final Pattern ASKED_WAIT = Pattern.compile("\\bwait=(\\d{1,2})\\b");

  private final HttpClient client;
  private final int maxBodyBytes;
  private final Duration patience;

  /**
   * @param patience until an answer begins, on top of what the request itself asks to wait. Places
   *     held for longer than anybody waits would fill up behind a function that is stopped.
   */
  Forwarding(Executor threads, int maxBodyBytes, Duration patience) {
    this.maxBodyBytes = maxBodyBytes;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
  }

  private static Set<String> ignoringCase(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(List.of(names));
    return set;
  }

  /**
   * Answers in any case, if anybody is left to hear it.
   *
   * @return whether what was answered came from the function
   */
  boolean pass(HttpExchange exchange, URI function) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(maxBodyBytes + 1);
    if (body.length > maxBodyBytes) {
      problem(exchange, 413, "Content Too Large");
      return false;
    }
    HttpResponse<InputStream> response;
    try {
      response = client.send(request(exchange, function, body), BodyHandlers.ofInputStream());
    } catch (ConnectException | HttpConnectTimeoutException notThere) {
      later(exchange, Duration.ofSeconds(1));
      return false;
    } catch (IOException endedMeanwhile) {
      // It may have been served or not; whoever asks again finds out.
      problem(exchange, 502, "Bad Gateway");
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      problem(exchange, 503, "Service Unavailable");
      return false;
    }
    copy(response, exchange);
    return true;
  }

  private Duration patience(HttpExchange exchange) {
    String prefer = exchange.getRequestHeaders().getFirst("Prefer");
    Matcher asked = ASKED_WAIT.matcher(prefer == null ? "" : prefer);
    return asked.find() ? patience.plusSeconds(Long.parseLong(asked.group(1))) : patience;
  }

  private HttpRequest request(HttpExchange exchange, URI function, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(on(function, exchange.getRequestURI()))
            .timeout(patience(exchange))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_ONE_HOP.contains(name)) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  /** On the function, whatever else the request's target says. */
  private static URI on(URI function, URI target) {
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return URI.create(function + target.getRawPath() + query);
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
    try (InputStream from = response.body()) {
      exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : 0);
      OutputStream to = exchange.getResponseBody();
      byte[] chunk = new byte[8192];
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        to.write(chunk, 0, read);
        // Results come as a stream of events: each must be out before the next one exists.
        to.flush();
      }
      // Only now: the end of an answer that broke off must not look like its end.
      to.close();
    }
  }

  /** Nothing was done; the same may be asked again after that time. */
  static void later(HttpExchange exchange, Duration after) throws IOException {
    long seconds = Math.max(1, after.plusMillis(999).toSeconds());
    exchange.getResponseHeaders().set("Retry-After", Long.toString(seconds));
    problem(exchange, 503, "Service Unavailable");
  }

  static void problem(HttpExchange exchange, int status, String title) throws IOException {
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
    client.shutdownNow();
  }
}
