package io.scrutin.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.SlotHash;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamState;
import io.scrutin.event.EventType;
import io.scrutin.event.StreamName;
import io.scrutin.standalone.Credentials.Credential;
import io.scrutin.standalone.VotingClient.Posted;
import io.scrutin.standalone.VotingClient.Told;
import io.scrutin.testing.Await;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system that this one replaces had eight defects. Each is a test here, under the defect's own
 * words, on a whole system and each with voters of its own.
 */
class PredecessorsDefectsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path dir;
  private static Standalone system;
  private static VotingClient client;
  private static Connection nats;

  @BeforeAll
  static void start() throws Exception {
    system = Started.on(dir, 300, new Shape.Together());
    client = new VotingClient(system.url(), DemoReferendum.LAW_ID);
    nats = Nats.connect(system.servers().nats().url());
  }

  @AfterAll
  static void stop() throws Exception {
    nats.close();
    client.close();
    system.close();
  }

  private static CompletableFuture<Posted> post(int voter, String key) {
    return client.vote(system.voters().get(voter), "oui", voter + "-" + key);
  }

  private static String vote(int voter) {
    return post(voter, "only").join().requestId().orElseThrow();
  }

  private static Told told(String vote, String status) {
    Await.until(
        PATIENCE,
        () -> client.outcome(vote).filter(told -> told.status().equals(status)).isPresent(),
        "the vote is told to be " + status);
    return client.outcome(vote).orElseThrow();
  }

  private static void sql(String statements) throws SQLException {
    try (var connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private static long number(String query) {
    return new Books(system.servers().owner()).number(query);
  }

  private static String text(String query) throws SQLException {
    try (var connection = system.servers().owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private static String is(String vote) {
    return " WHERE vote_id = '\\x" + vote + "'";
  }

  @Test
  @DisplayName(
      "1. member check, then add with the answer ignored: two workers count one voter twice")
  void manyWorkersCountOneVoterOnce() {
    List<CompletableFuture<Posted>> posts = new ArrayList<>();
    IntStream.range(0, 40).forEach(i -> posts.add(post(1 + i % 2, "race-" + i)));
    List<String> votes = posts.stream().map(post -> post.join().requestId().orElseThrow()).toList();
    Await.until(
        PATIENCE,
        () ->
            votes.stream()
                .allMatch(
                    vote ->
                        client
                            .outcome(vote)
                            .filter(told -> !told.status().equals("received"))
                            .isPresent()),
        "all have an outcome");
    String ids = String.join("', '\\x", votes);
    assertThat(
            number("SELECT count(*) FROM store.participation WHERE vote_id IN ('\\x" + ids + "')"))
        .isEqualTo(2);
    assertThat(
            number(
                "SELECT count(*) FROM audit.duplicate_attempts WHERE vote_id IN ('\\x"
                    + ids
                    + "')"))
        .isEqualTo(38);
  }

  @Test
  @DisplayName(
      "2. crash between \"mark as voted\" and \"publish\": the redelivery looks like a duplicate"
          + " and the vote is gone")
  void aVoteThatWasMarkedAndNotPublishedIsRecordedWhenItComesAgain() throws Exception {
    String vote = vote(10);
    told(vote, "recorded");
    Await.until(PATIENCE, () -> number("SELECT count(*) FROM store.envelope") == 0, "counted");
    // As the crash leaves it: Redis has the mark, and nobody after dedup has heard of the vote.
    sql(
        "DELETE FROM store.participation"
            + is(vote)
            + "; DELETE FROM tally.ballot_box WHERE ctid = (SELECT min(ctid) FROM tally.ballot_box);"
            + " UPDATE tally.tally SET votes = votes - 1 WHERE choice = 'oui'");
    nats.jetStream()
        .publish(EventType.VOTE_VERIFIED.subject(Settings.ENVIRONMENT), verifiedEventOf(vote));
    Await.until(
        PATIENCE,
        () -> number("SELECT count(*) FROM store.participation" + is(vote)) == 1,
        "recorded when it is delivered again");
    assertThat(number("SELECT count(*) FROM audit.duplicate_attempts" + is(vote))).isZero();
    told(vote, "recorded");
  }

  private static byte[] verifiedEventOf(String vote) throws Exception {
    return messages(StreamName.VOTES).stream()
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .filter(event -> event.contains(vote) && event.contains(EventType.VOTE_VERIFIED.type()))
        .findFirst()
        .orElseThrow()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName(
      "3. the aggregator acks when a vote is in memory: a crash loses up to 100; a failed database"
          + " write is both retried and kept: counted twice")
  void aVoteThatCouldNotBeCountedWaitsInTheTableAndIsCountedOnce() throws Exception {
    sql("ALTER TABLE tally.tally ADD CONSTRAINT broken CHECK (votes < 0) NOT VALID");
    List<String> votes = IntStream.range(20, 40).mapToObj(PredecessorsDefectsTest::vote).toList();
    votes.forEach(vote -> told(vote, "recorded"));
    String ids = String.join("', '\\x", votes);
    // Not in anybody's memory: in the table, however often counting it failed.
    assertThat(number("SELECT count(*) FROM store.envelope WHERE vote_id IN ('\\x" + ids + "')"))
        .isEqualTo(votes.size());
    sql("ALTER TABLE tally.tally DROP CONSTRAINT broken");
    Books books = new Books(system.servers().owner());
    Await.until(
        PATIENCE,
        () -> books.envelopes() == 0 && books.ballots() == books.participations(),
        "counted");
    assertThat(books.tally()).isEqualTo(books.recount());
  }

  @Test
  @DisplayName("4. bounded queues that drop the oldest, with a 24 h time to live")
  void aFullStreamRefusesTheNewestAndNothingGetsTooOld() throws Exception {
    JetStreamManagement management = nats.jetStreamManagement();
    for (StreamName stream : List.of(StreamName.CASTS, StreamName.VOTES, StreamName.PARKED)) {
      StreamConfiguration kept =
          management.getStreamInfo(stream.in(Settings.ENVIRONMENT)).getConfiguration();
      assertThat(kept.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
      assertThat(kept.getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
      assertThat(kept.getMaxAge()).isEqualTo(Duration.ZERO);
      assertThat(kept.getMaxBytes()).isPositive();
    }
  }

  @Test
  @DisplayName(
      "5. the voter is never told of a duplicate; duplicates are never written to their table;"
          + " invalid votes skip the review queue")
  void aDuplicateIsToldAndWrittenDownAndAnInvalidVoteIsQueued() throws Exception {
    told(post(50, "first").join().requestId().orElseThrow(), "recorded");
    String second = post(50, "second").join().requestId().orElseThrow();
    assertThat(told(second, "duplicate").attempt()).contains(2);
    assertThat(number("SELECT attempt FROM audit.duplicate_attempts" + is(second))).isEqualTo(2);

    Credential known = system.voters().get(51);
    Credential wrong = new Credential(known.nas(), system.voters().get(52).code());
    String invalid = client.vote(wrong, "oui", "wrong").join().requestId().orElseThrow();
    assertThat(told(invalid, "rejected").reason()).contains("unknown_credential");
    assertThat(text("SELECT reason FROM audit.review_queue" + is(invalid)))
        .isEqualTo("unknown_credential");
  }

  @Test
  @DisplayName(
      "6. NAS and code travel in clear in persistent messages; the credential hash is returned to"
          + " the client as its request id and stored beside the choice")
  void nothingKeptOrReturnedLeadsToAVoterOrFromOneToAChoice() throws Exception {
    Credential voter = system.voters().get(60);
    Secrets secrets = new Secrets(voter, DemoReferendum.LAW_ID);
    String vote = vote(60);
    told(vote, "recorded");
    List<byte[]> kept = new ArrayList<>();
    for (StreamName stream : List.of(StreamName.CASTS, StreamName.VOTES)) {
      kept.addAll(messages(stream));
    }
    assertThat(kept)
        .anySatisfy(message -> assertThat(asText(message)).contains(vote))
        .allSatisfy(message -> assertThat(secrets.in(asText(message))).isEmpty());
    assertThat(secrets.in(vote)).isEmpty();
    // Another vote of the same voter has another number: it is no hash of who they are.
    assertThat(post(60, "again").join().requestId().orElseThrow()).isNotEqualTo(vote);
    assertThat(
            text(
                "SELECT string_agg(column_name, ' ' ORDER BY column_name) FROM"
                    + " information_schema.columns WHERE table_schema = 'tally'"
                    + " AND table_name = 'ballot_box'"))
        .isEqualTo("choice law_id");
  }

  private static String asText(byte[] message) {
    return new String(message, StandardCharsets.ISO_8859_1);
  }

  private static List<byte[]> messages(StreamName stream) throws Exception {
    String name = stream.in(Settings.ENVIRONMENT);
    JetStreamManagement management = nats.jetStreamManagement();
    StreamState state = management.getStreamInfo(name).getStreamState();
    List<byte[]> messages = new ArrayList<>();
    for (long sequence = state.getFirstSequence();
        sequence <= state.getLastSequence();
        sequence++) {
      messages.add(management.getMessage(name, sequence).getData());
    }
    return messages;
  }

  @Test
  @DisplayName("7. codes drawn from a non-cryptographic generator")
  void codesAreDrawnFromACryptographicGeneratorAndNoOtherCanBeGiven() throws Exception {
    List<Class<?>> generators = new ArrayList<>();
    for (String drawer : List.of("Codes", "IssueCodes")) {
      for (Constructor<?> constructor :
          Class.forName("io.scrutin.hashgen." + drawer).getDeclaredConstructors()) {
        Stream.of(constructor.getParameterTypes())
            .filter(RandomGenerator.class::isAssignableFrom)
            .forEach(generators::add);
      }
    }
    assertThat(generators).hasSize(2).containsOnly(SecureRandom.class);
    // As they are drawn: a letter for each place, no code twice.
    assertThat(system.voters().stream().map(Credential::code)).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("8. one Redis key for 8 M members: one cluster slot")
  void votersAreSpreadOverTheSlotsOfACluster() {
    List<String> keys = RedisCommands.keys(system.servers().redis().url(), "*:valid_hashes:*");
    assertThat(keys).hasSize(1 << 15);
    // CRC16 of numbers that are alike is not quite fair: nearly six in ten of the 16,384 slots.
    assertThat(keys.stream().mapToInt(SlotHash::getSlot).distinct().count()).isGreaterThan(8_192);
  }
}
