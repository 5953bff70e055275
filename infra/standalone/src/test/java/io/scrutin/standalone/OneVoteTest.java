package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.VoteCast;
import io.scrutin.servers.Signals;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.VotingClient.Posted;
import io.scrutin.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One vote through functions that are processes of their own, and everything that it leaves. */
class OneVoteTest {
  private static final int VOTERS = 10;
  private static final String CHOICE = "oui";

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Connection nats;
  private static final ConcurrentLinkedQueue<String> WIRE = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, VOTERS, new Shape.Apart());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    nats = Nats.connect(system.servers().nats().url());
    nats.createDispatcher(
            message -> WIRE.add(new String(message.getData(), StandardCharsets.UTF_8)))
        .subscribe(Settings.ENVIRONMENT + ".>");
    nats.flush(Duration.ofSeconds(5));
  }

  @AfterAll
  static void stop() throws Exception {
    nats.close();
    client.close();
    system.close();
  }

  @Test
  void whoeverDiesIsStartedAgain() throws Exception {
    KeptProcess results = ((ManyProcesses) system.functions()).process("results");
    long pid = results.pid();
    Signals.send(pid, "KILL");
    Await.until(() -> results.pid() != pid, "another takes its place");
    results.awaitReady();
  }

  @Test
  void leavesEventsRowsAndKeysWithoutSayingWhoOrWhat() throws Exception {
    Credential voter = system.voters().getFirst();
    Posted posted = client.vote(voter, CHOICE, "one-vote").join();
    assertThat(posted.status()).isEqualTo(202);
    String id = posted.requestId().orElseThrow();
    Books books = new Books(system.servers().owner());
    Await.until(
        Duration.ofSeconds(60),
        () ->
            books.ballots() == 1
                && client.outcome(id).filter(told -> told.status().equals("recorded")).isPresent(),
        "the vote is recorded and counted");
    Await.until(() -> WIRE.size() >= 4, "its last event is on the wire");
    // The first cast after a silence is noted later than that it is recorded.
    Await.until(
        () -> books.number("SELECT count(*) FROM audit.vote_audit") == 2, "audit noted the cast");

    Secrets secrets = new Secrets(voter, DemoReferendum.LAW_ID);
    eventsFollowEachOther(id);
    assertThat(WIRE).allSatisfy(event -> assertThat(secrets.in(event)).isEmpty());
    assertThat(WIRE).allSatisfy(event -> assertThat(event).doesNotContain(quoted(CHOICE)));
    rowsAreTheseAndNoOthers(secrets);
    keysAreTheseAndNoOthers(secrets);
    logsSayNothing(secrets);
    // What was shown before the vote may be shown for a second more.
    Await.until(
        () -> client.get("/api/v1/results/" + DemoReferendum.LAW_ID).body().contains("\"total\":1"),
        "the count is shown");
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }

  private static void eventsFollowEachOther(String id) throws Exception {
    Map<EventType, Event> events = new TreeMap<>();
    for (String message : WIRE) {
      Event event = new EventCodec().decode(message.getBytes(StandardCharsets.UTF_8));
      assertThat(events.put(event.fact().type(), event)).as("one event of each type").isNull();
    }
    // When a heartbeat is quicker than the wake, the count moves and nobody carries tally's answer.
    events.remove(EventType.TALLY_UPDATED);
    assertThat(events.keySet())
        .containsExactlyInAnyOrder(
            EventType.VOTE_CAST,
            EventType.VOTE_VERIFIED,
            EventType.VOTE_ACCEPTED,
            EventType.VOTE_RECORDED);
    List<Event> way =
        Stream.of(
                EventType.VOTE_CAST,
                EventType.VOTE_VERIFIED,
                EventType.VOTE_ACCEPTED,
                EventType.VOTE_RECORDED)
            .map(type -> Objects.requireNonNull(events.get(type)))
            .toList();
    assertThat(way).allSatisfy(event -> assertThat(event.fact().correlationId()).isEqualTo(id));
    for (int hop = 1; hop < way.size(); hop++) {
      assertThat(way.get(hop).causationId()).isEqualTo(way.get(hop - 1).id());
    }
    // Sealed, with the context's public key and sequence before it: never the choice itself.
    VoteCast cast = (VoteCast) way.getFirst().fact();
    assertThat(new String(cast.sealed().bytes().toArray(), StandardCharsets.ISO_8859_1))
        .doesNotContain(CHOICE);
  }

  private static void rowsAreTheseAndNoOthers(Secrets secrets) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (java.sql.Connection connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        List<String> content = new ArrayList<>();
        try (ResultSet found = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (found.next()) {
            content.add(found.getString(1));
          }
        }
        if (!content.isEmpty()) {
          rows.put(table, content);
        }
      }
    }
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach((table, content) -> counts.put(table, content.size()));
    assertThat(counts)
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("audit.contest_log", 1),
                    Map.entry("audit.turnout", 2),
                    Map.entry("audit.turnout_hour", 2),
                    Map.entry("audit.vote_audit", 2),
                    Map.entry("contests.contest", 1),
                    Map.entry("contests.outbox", 1),
                    Map.entry("roll.roll", 1),
                    Map.entry("roll.shard", 1),
                    Map.entry("roll.voter", VOTERS),
                    Map.entry("store.participation", 1),
                    Map.entry("tally.ballot_box", 1),
                    Map.entry("tally.tally", 1))));
    rows.forEach(
        (table, content) ->
            assertThat(content).allSatisfy(row -> assertThat(secrets.in(row)).as(table).isEmpty()));
    for (String table : List.of("audit.vote_audit", "audit.turnout", "store.participation")) {
      assertThat(rows.get(table))
          .allSatisfy(row -> assertThat(row).as(table).doesNotContain("," + CHOICE));
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN"
                + " ('contests', 'roll', 'store', 'tally', 'audit')")) {
      while (found.next()) {
        tables.add(found.getString(1));
      }
    }
    return tables;
  }

  private static void keysAreTheseAndNoOthers(Secrets secrets) {
    List<String> keys = RedisCommands.keys(system.servers().redis().url(), "*");
    Map<String, Integer> kinds = new TreeMap<>();
    keys.forEach(key -> kinds.merge(key.split(":", 3)[1], 1, Integer::sum));
    kinds.remove("results");
    assertThat(kinds).isEqualTo(Map.of("valid_hashes", 1 << 15, "voted_hashes", 1));
    assertThat(String.join("\n", keys)).satisfies(all -> assertThat(secrets.in(all)).isEmpty());
  }

  private static void logsSayNothing(Secrets secrets) throws Exception {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(dir.resolve("logs"))) {
      for (Path log : logs) {
        String content = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(secrets.in(content)).as(log.getFileName().toString()).isEmpty();
      }
    }
  }
}
