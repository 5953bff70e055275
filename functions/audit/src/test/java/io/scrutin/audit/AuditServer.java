package io.scrutin.audit;

import static io.scrutin.audit.Notes.DURING;
import static io.scrutin.audit.Notes.tag;
import static io.scrutin.audit.Notes.vote;

import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.runtime.server.EmbeddedServer;
import io.scrutin.event.Contest;
import io.scrutin.event.Event;
import io.scrutin.testing.TcpProxy;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The function as it serves: over HTTP, on a real Postgres behind a wire that can be cut. */
final class AuditServer implements AutoCloseable {
  private final TestDatabase database = TestPostgres.freshDatabase();
  private final AuditTables tables = new AuditTables(database);
  private final HttpClient client = HttpClient.newHttpClient();
  private final TcpProxy wire;
  private final TcpProxy readingWire;
  private final EmbeddedServer server;

  AuditServer() {
    String port = database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1");
    wire = TcpProxy.to(Integer.parseInt(port));
    readingWire = TcpProxy.to(Integer.parseInt(port));
    server =
        ApplicationContext.builder()
            .environments("audit")
            .properties(
                Map.of(
                    "micronaut.server.port",
                    -1,
                    "scrutin.postgres-url",
                    wire.through(database.jdbcUrl()),
                    "scrutin.postgres-read-url",
                    readingWire.through(database.jdbcUrl()),
                    "audit.integrity-max-age",
                    "0s"))
            .run(EmbeddedServer.class);
  }

  TestDatabase database() {
    return database;
  }

  AuditTables tables() {
    return tables;
  }

  TcpProxy wire() {
    return wire;
  }

  /** What reports are read through. */
  TcpProxy readingWire() {
    return readingWire;
  }

  void open(Contest contest) throws SQLException {
    database.open(contest);
  }

  void take(List<Event> events) throws SQLException {
    server.getApplicationContext().getBean(AuditVotes.class).answer(events);
  }

  /** Participations, and their ballots in the box. */
  void record(String law, int from, int until) throws SQLException {
    for (int number = from; number < until; number++) {
      tables.run(
          "INSERT INTO store.participation (law_id, tag, vote_id) VALUES ('%s', decode('%s', 'hex'), decode('%s', 'hex'))"
              .formatted(law, tag(number).bytes().hex(), vote(number)));
      tables.run("INSERT INTO tally.ballot_box VALUES ('%s', 'oui')".formatted(law));
    }
    tables.run(
        "INSERT INTO tally.tally (law_id, choice, votes) VALUES ('%s', 'oui', %d)"
            .formatted(law, until - from));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(path, "en");
  }

  HttpResponse<String> get(String path, String language) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.getURL() + path))
            .header("Accept-Language", language)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  Map<?, ?> json(HttpResponse<String> response) throws IOException {
    return server
        .getApplicationContext()
        .getBean(JsonMapper.class)
        .readValue(response.body(), Map.class);
  }

  static Instant at(int seconds) {
    return DURING.plusSeconds(seconds);
  }

  @Override
  public void close() {
    client.close();
    server.close();
    wire.close();
    readingWire.close();
  }
}
