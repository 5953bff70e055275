package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.scrutin.reconcile.ReconcileCommand;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Postgres is lost and restored to a moment before the last votes; the streams bring it level
 * again. The commands are those of the runbook.
 */
class PointInTimeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path ROOT = Path.of(System.getProperty("scrutin.root"));

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Books books;
  private static int nextVoter;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(isThere("psql") && isThere("pg_basebackup"), "Postgres's own commands are needed");
    system = Started.on(dir, 2_000, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
  }

  @AfterAll
  static void stop() {
    if (system != null) {
      client.close();
      system.close();
    }
  }

  private static boolean isThere(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
  }

  private static String vote(String key) {
    return client.vote(system.voters().get(nextVoter), "oui", key).join().requestId().orElseThrow();
  }

  private static Set<String> votes(int count) {
    Set<String> votes = new HashSet<>();
    for (int i = 0; i < count; i++) {
      votes.add(vote("pitr-" + nextVoter));
      nextVoter++;
    }
    return votes;
  }

  private static void recorded(Set<String> votes) {
    Await.until(
        PATIENCE,
        () ->
            books.recordedVoteIds().containsAll(votes)
                && books.withOutcome(votes, 2) == votes.size()
                && books.envelopes() == 0,
        votes.size() + " are recorded and counted");
  }

  private static String text(String query) throws SQLException {
    try (var connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** The runbook's command, word for word, with the moment in its place. */
  private static void runbook(String verb, String moment) throws Exception {
    String command =
        page().stream()
            .map(String::strip)
            .filter(line -> line.startsWith("infra/backup/postgres " + verb))
            .findFirst()
            .orElseThrow()
            .replace("TIME", moment);
    Path said = dir.resolve("backup.out");
    ProcessBuilder script = new ProcessBuilder("bash", "-c", command).directory(ROOT.toFile());
    script.environment().put("SCRUTIN_DIR", dir.toString());
    Process process = script.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor()).as(() -> verb + ": " + content(said)).isZero();
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static List<String> page() throws IOException {
    return Files.readAllLines(ROOT.resolve("docs").resolve("runbook").resolve("postgres.md"));
  }

  /** As {@code nats consumer rm} of the runbook would. */
  private static void removeDurables() throws Exception {
    Pattern removal = Pattern.compile("nats consumer rm -f (\\S+) (\\S+)");
    List<MatchResult> removals = removal.matcher(String.join("\n", page())).results().toList();
    assertThat(removals).hasSizeGreaterThan(5);
    try (Connection nats = Nats.connect(system.servers().nats().url())) {
      JetStreamManagement management = nats.jetStreamManagement();
      for (MatchResult found : removals) {
        remove(management, found.group(1), found.group(2));
      }
    }
  }

  /** A server of 2.9 may fail to remove its files: it is gone all the same. */
  private static void remove(JetStreamManagement management, String stream, String durable)
      throws IOException, JetStreamApiException {
    try {
      management.deleteConsumer(stream, durable);
    } catch (JetStreamApiException refused) {
      if (!String.valueOf(refused.getErrorDescription()).contains("directory not empty")) {
        throw refused;
      }
    }
  }

  private static String reconciled() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ReconcileCommand.run(List.of(), system.surroundings(), out, out);
    return text.toString();
  }

  /** Recovery that runs out of WAL before its moment gives up. */
  private static void archive() throws SQLException {
    String segment = text("SELECT pg_walfile_name(pg_current_wal_lsn())");
    text("SELECT pg_switch_wal()");
    Await.until(PATIENCE, () -> segments().contains(segment), segment + " is archived");
  }

  private static List<String> segments() throws IOException {
    List<String> segments = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir.resolve("backup/wal"))) {
      files.forEach(file -> segments.add(file.getFileName().toString()));
    }
    return segments;
  }

  @Test
  void nothingIsLostThatIsStillInTheStreams() throws Exception {
    runbook("archive", "");
    system.servers().postgres().restart();
    Set<String> early = votes(50);
    recorded(early);
    runbook("base", "");
    Set<String> kept = votes(50);
    recorded(kept);
    String moment = Instant.now().toString();
    archive();
    Set<String> late = votes(100);
    recorded(late);
    // A voter whose second attempt is a duplicate: after the restore it must not be the other way.
    nextVoter--;
    String duplicate = vote("again");
    nextVoter++;
    Await.until(
        PATIENCE,
        () -> client.outcome(duplicate).filter(o -> o.status().equals("duplicate")).isPresent(),
        "the second attempt is a duplicate");
    archive();

    // Lost with its disk: only what is archived is left.
    system.servers().postgres().kill();
    Files.move(dir.resolve("postgres/pg_wal"), dir.resolve("lost"));
    runbook("restore", moment);
    system.servers().postgres().restart();
    // It takes nobody in while it replays what was archived.
    Await.until(
        PATIENCE,
        () -> books.participations() == early.size() + kept.size(),
        "the books are as they were at that moment");
    assertThat(segments()).isNotEmpty();

    removeDurables();
    Set<String> all = new HashSet<>(early);
    all.addAll(kept);
    all.addAll(late);
    recorded(all);
    // Votes go on meanwhile.
    all.addAll(votes(20));
    recorded(all);
    assertThat(books.recordedVoteIds()).isEqualTo(all).doesNotContain(duplicate);
    assertThat(books.tally()).isEqualTo(books.recount());
    Await.until(
        PATIENCE, () -> reconciled().contains("The books balance."), "the books balance again");
    assertThat(books.ballots()).isEqualTo(all.size());
  }
}
