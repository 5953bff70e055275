package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.hashgen.HashgenCommand;
import io.scrutin.reconcile.ReconcileCommand;
import io.scrutin.servers.Server;
import io.scrutin.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is lost is brought back as the runbook says; the last test leaves a broker that lost votes.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path ROOT = Path.of(System.getProperty("scrutin.root"));
  private static final int BUCKETS = 1 << 15;

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Books books;
  private static int nextVoter;

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 1_000, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
  }

  @AfterAll
  static void stop() {
    client.close();
    system.close();
  }

  /** Posted until it is taken: after a restart submit needs a moment to find the broker. */
  private static String vote(int voter) {
    List<String> taken = new ArrayList<>();
    Await.until(
        () -> {
          client
              .vote(system.voters().get(voter), "oui", "recovery-" + voter)
              .join()
              .requestId()
              .ifPresent(taken::add);
          return !taken.isEmpty();
        },
        "the vote is taken");
    return taken.getFirst();
  }

  private static Set<String> votes(int count) {
    Set<String> votes = new HashSet<>();
    for (int i = 0; i < count; i++) {
      votes.add(vote(nextVoter++));
    }
    return votes;
  }

  private static void recorded(Set<String> votes) {
    Await.until(
        PATIENCE,
        () ->
            books.withOutcome(votes, 2) == votes.size()
                && books.recordedVoteIds().containsAll(votes)
                && books.envelopes() == 0,
        votes.size() + " are recorded and counted");
  }

  private static String reconciled() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ReconcileCommand.run(List.of(), system.surroundings(), out, out);
    return text.toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** With its disk. */
  private static void lose(Server server, String folder) throws IOException {
    server.kill();
    Files.move(dir.resolve(folder), dir.resolve("lost-" + folder));
  }

  /** The words of the runbook's command after its name. */
  private static List<String> runbook(String page, String command) throws IOException {
    String text = Files.readString(ROOT.resolve("docs").resolve("runbook").resolve(page));
    int from = text.indexOf("`" + command);
    assertThat(from).as(command).isNotNegative();
    String words = text.substring(from + 1, text.indexOf('`', from + 1));
    return List.of(words.replace("LAW", DemoReferendum.LAW_ID).split(" "));
  }

  @Test
  @Order(1)
  void redisThatIsLostIsFilledAgainWhileVotesGoOn() throws Exception {
    recorded(votes(20));
    lose(system.servers().redis(), "redis");
    recorded(votes(5));
    system.servers().redis().restart();
    recorded(votes(5));
    assertThat(reconciled()).contains("buckets that are not loaded into Redis");

    List<String> words = runbook("redis.md", "./scrutin hashgen rebuild");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    assertThat(HashgenCommand.run(words.subList(2, words.size()), system.surroundings(), out, out))
        .as(said::toString)
        .isZero();
    assertThat(RedisCommands.keys(system.servers().redis().url(), "*:valid_hashes:*"))
        .hasSize(BUCKETS);
    recorded(votes(5));
    assertThat(reconciled()).contains("The books balance").doesNotContain("not loaded into Redis");
    // An empty index of claims lets nobody vote twice.
    isRefusedTwice(0);
  }

  private static void isRefusedTwice(int voter) {
    String again =
        client.vote(system.voters().get(voter), "non", "again").join().requestId().orElseThrow();
    Await.until(
        PATIENCE,
        () -> client.outcome(again).filter(o -> o.status().equals("duplicate")).isPresent(),
        "the second attempt is a duplicate");
  }

  @Test
  @Order(2)
  void anOldCopyOfRedisRefusesNobodyAndLetsNobodyVoteTwice() throws Exception {
    Runbook page = new Runbook("redis.md", dir, system.surroundings());
    Map<String, String> copy = Map.of("FOLDER", dir.resolve("old-redis").toString());
    recorded(votes(10));
    page.run("cp -a .scrutin/redis", copy).well();
    recorded(votes(10));
    int late = nextVoter - 1;
    system.servers().redis().kill();
    page.run("rm -rf .scrutin/redis", copy).well();
    system.servers().redis().restart();
    assertThat(RedisCommands.keys(system.servers().redis().url(), "*:valid_hashes:*"))
        .as("the roll is there without another load")
        .hasSize(BUCKETS);
    recorded(votes(10));
    isRefusedTwice(late);
    assertThat(books.tally()).isEqualTo(books.recount());
    Await.until(PATIENCE, () -> reconciled().contains("The books balance"), "the books balance");
  }

  @Test
  @Order(3)
  void aBrokerThatLostItsTailLosesNothingThatIsRecorded() throws Exception {
    Await.until(PATIENCE, () -> reconciled().contains(" 0 pending"), "nothing is on its way");
    system.servers().nats().stop();
    copy(dir.resolve("nats"), dir.resolve("old-nats"));
    system.servers().nats().restart();
    int first = nextVoter;
    Set<String> tail = votes(10);
    recorded(tail);
    long before = books.participations();
    lose(system.servers().nats(), "nats");
    Files.move(dir.resolve("old-nats"), dir.resolve("nats"));
    system.servers().nats().restart();

    // More new ones than were lost: a durable that was ahead would skip them.
    recorded(votes(30));
    assertThat(books.recordedVoteIds()).containsAll(tail);
    assertThat(books.participations()).isEqualTo(before + 30);
    // Who asks again with the same key is told what is true.
    assertThat(tail).contains(vote(first));
    Await.until(
        () -> client.outcome(vote(first)).filter(o -> o.status().equals("recorded")).isPresent(),
        "still recorded");
    assertThat(books.tally()).isEqualTo(books.recount());
    assertThat(reconciled()).contains("the stream does not hold it");
  }
}
