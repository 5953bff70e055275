package io.scrutin.results;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.event.Contest;
import io.scrutin.testing.Await;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** results over HTTP, on a database and Redis prefix of its own, with wires that can be cut. */
final class ResultsServer implements AutoCloseable {
  final TestDatabase database = TestPostgres.freshDatabase();
  final Laws laws = new Laws(database);
  final String environment = TestRedis.freshPrefix();
  final TcpProxy postgres = TcpProxy.to(portOf(database.jdbcUrl()));
  final TcpProxy redis = TcpProxy.to(portOf(TestRedis.url()));
  final EmbeddedServer server;
  final HttpClient client = HttpClient.newHttpClient();

  ResultsServer(Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("micronaut.server.port", -1);
    all.put("scrutin.environment", environment);
    all.put("scrutin.postgres-url", postgres.through(database.jdbcUrl()));
    all.put("scrutin.redis-url", redis.through(TestRedis.url()));
    server =
        ApplicationContext.builder()
            .environments("results")
            .properties(all)
            .run(EmbeddedServer.class);
  }

  private static int portOf(String url) {
    return Integer.parseInt(url.replaceAll(".*:(\\d+)(/.*)?$", "$1"));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.getURL() + path))
        .header("Accept-Language", "en");
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Returns once it is known: a law that was just asked for in vain is looked up again soon. */
  void open(Contest contest) throws SQLException {
    laws.open(contest);
    Await.until(
        () -> get("/api/v1/results/" + contest.lawId()).statusCode() == 200, "the law is known");
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    postgres.close();
    redis.close();
  }
}
