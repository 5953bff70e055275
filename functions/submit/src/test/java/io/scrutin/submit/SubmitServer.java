package io.scrutin.submit;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.nats.client.Connection;
import io.scrutin.credential.KeyFile;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.Fact;
import io.scrutin.testing.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** submit as it runs on its own, on a port of its own. */
final class SubmitServer implements AutoCloseable {
  static final byte[] MAC_KEY = key(2);

  private final EmbeddedServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private SubmitServer(EmbeddedServer server) {
    this.server = server;
  }

  static SubmitServer start(String natsUrl, String environment, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put("micronaut.server.port", -1);
    all.put("scrutin.nats-url", natsUrl);
    all.put("scrutin.environment", environment);
    all.put("submit.keys-dir", keys().toString());
    // One credential votes many times in a test.
    all.put("submit.attempts-per-credential", 1000);
    all.putAll(settings);
    return new SubmitServer(ApplicationContext.run(EmbeddedServer.class, all, "submit"));
  }

  private static Path keys() {
    try {
      Path dir = Files.createDirectories(TestFolders.fresh("submit-keys"));
      KeyFile.write(dir.resolve("pepper.key"), key(1));
      KeyFile.write(dir.resolve("mac.key"), MAC_KEY);
      KeyFile.write(dir.resolve("request-id.key"), key(3));
      return dir;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static byte[] key(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return key;
  }

  HttpResponse<String> vote(String body, String... headers) throws Exception {
    return client.send(request(body, headers), BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> voteLater(String body, String... headers) {
    return client.sendAsync(request(body, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/api/v1/vote")).POST(HttpRequest.BodyPublishers.ofString(body));
    if (Arrays.stream(headers).noneMatch("Content-Type"::equals)) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  URI uri(String path) {
    return URI.create(server.getURI() + path);
  }

  Map<?, ?> json(HttpResponse<String> answer) throws IOException {
    return bean(JsonMapper.class).readValue(answer.body(), Map.class);
  }

  /** A member that the answer must have. */
  Object member(HttpResponse<String> answer, String name) throws IOException {
    return Objects.requireNonNull(json(answer).get(name), name + " in " + answer.body());
  }

  <T> T bean(Class<T> type) {
    return server.getApplicationContext().getBean(type);
  }

  /** As if another function had announced it. */
  static void announce(Connection connection, String environment, Fact fact) throws Exception {
    Event event = Event.first(fact, "test", Instant.now(), null);
    connection
        .jetStream()
        .publish(fact.type().subject(environment), new EventCodec().encode(event));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
