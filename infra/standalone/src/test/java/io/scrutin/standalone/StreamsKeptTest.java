package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamState;
import io.scrutin.standalone.VotingClient.Posted;
import io.scrutin.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The broker's streams are full, or lost: the runbook's commands, while voters go on voting. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StreamsKeptTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String CASTS = Settings.ENVIRONMENT + "-CASTS";

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Books books;
  private static final Set<String> accepted = new HashSet<>();
  private static int nextVoter;

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 3_000, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    books = new Books(system.servers().owner());
  }

  @AfterAll
  static void stop() {
    client.close();
    system.close();
  }

  /** The voter is the next one only when the vote is taken. */
  private static Posted vote() {
    Posted posted =
        client.vote(system.voters().get(nextVoter), "oui", "streams-" + nextVoter).join();
    posted.requestId().filter(_ -> posted.status() == 202).ifPresent(StreamsKeptTest::taken);
    return posted;
  }

  private static void taken(String vote) {
    accepted.add(vote);
    nextVoter++;
  }

  private static void votes(int count) {
    int target = accepted.size() + count;
    Await.until(
        PATIENCE,
        () -> {
          vote();
          return accepted.size() >= target;
        },
        count + " more votes are taken");
  }

  private static void allRecorded() {
    Await.until(
        PATIENCE,
        () ->
            books.recordedVoteIds().equals(accepted)
                && books.withOutcome(accepted, 2) == accepted.size()
                && books.ballots() == accepted.size(),
        "what was answered 202 is recorded and counted, and nothing else: " + accepted.size());
  }

  private static StreamState casts(Connection nats) throws Exception {
    return nats.jetStreamManagement().getStreamInfo(CASTS).getStreamState();
  }

  /** As if so many votes had come that there is room for a few more only. */
  private static void leaveRoomFor(int bytes) throws Exception {
    try (Connection nats = Nats.connect(system.servers().nats().url())) {
      JetStreamManagement management = nats.jetStreamManagement();
      StreamConfiguration now = management.getStreamInfo(CASTS).getConfiguration();
      management.updateStream(
          StreamConfiguration.builder(now).maxBytes(casts(nats).getByteCount() + bytes).build());
    }
  }

  @Test
  @Order(1)
  void aFullStreamRefusesWhatItCannotKeepUntilItIsGivenRoom() throws Exception {
    Runbook page = new Runbook("disk-full.md", dir, system.surroundings());
    votes(20);
    leaveRoomFor(20_000);
    Await.until(PATIENCE, () -> vote().status() == 503, "the stream is full");
    Posted refused = vote();
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.retryAfter()).isPresent();
    assertThat(accepted).as("the last ones found room").hasSizeGreaterThan(21);
    // What was taken before is worked off, as the stream after it has room.
    allRecorded();
    assertThat(page.run("./scrutin streams list", Map.of()).well().text())
        .containsPattern("local-CASTS .* 9\\d %");

    page.run("./scrutin streams grow", Map.of("N", "100000")).well();
    votes(20);
    allRecorded();
    try (Connection nats = Nats.connect(system.servers().nats().url())) {
      assertThat(casts(nats).getMsgCount())
          .as("nothing that was refused is kept")
          .isEqualTo(accepted.size());
    }
  }

  @Test
  @Order(2)
  void streamsThatAreLostWithTheirDiskComeBackFromACopy() throws Exception {
    Runbook page = new Runbook("broker.md", dir, system.surroundings());
    Path copy = dir.resolve("copy");
    // Its votes are accepted and not recorded yet: with the disk they would be lost.
    try (var connection = system.servers().owner().getConnection();
        var lock = connection.createStatement()) {
      connection.setAutoCommit(false);
      lock.execute("LOCK TABLE store.participation IN ACCESS EXCLUSIVE MODE");
      votes(30);
      page.run("./scrutin streams backup", Map.of("FOLDER", copy.toString())).well();
      system.servers().nats().kill();
      Files.move(dir.resolve("nats"), dir.resolve("lost-nats"));
      system.servers().nats().restart();
      assertThat(page.run("./scrutin streams list", Map.of()).status()).isEqualTo(1);
      assertThat(vote().status()).isEqualTo(503);
      page.run("./scrutin streams restore", Map.of("FOLDER", copy.toString())).well();
      assertThat(page.run("./scrutin streams restore", Map.of("FOLDER", copy.toString())).text())
          .contains("nothing is restored");
      connection.rollback();
    }
    allRecorded();
    votes(20);
    allRecorded();
    assertThat(books.tally()).isEqualTo(books.recount());
  }
}
