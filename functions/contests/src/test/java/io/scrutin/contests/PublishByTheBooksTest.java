package io.scrutin.contests;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.api.ConsumerConfiguration;
import io.scrutin.console.Surroundings;
import io.scrutin.contest.PostgresTime;
import io.scrutin.event.Bytes;
import io.scrutin.event.Event;
import io.scrutin.event.EventType;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteId;
import io.scrutin.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny election's result, by its real books: Postgres, NATS and Redis. */
class PublishByTheBooksTest {
  private static final String[] PUBLISH = {"publish", "law-1", "--settling=0", "--out"};

  /** Its number in the trail. */
  private static final int REJECTED = 4;

  @TempDir private Path dir;
  private Office office;

  @BeforeEach
  void enter() throws IOException {
    office = new Office(dir);
    Files.writeString(dir.resolve("passwords").resolve("reconcile"), "any");
    office.environment.put(Surroundings.REDIS_URL, TestRedis.url());
    office.time = PostgresTime::on;
    office.reads = ReadBooks.of(new Surroundings(office.environment));
  }

  @AfterEach
  void leave() {
    office.close();
  }

  @Test
  void aLateRetryIsNoObstacleAndALostVoteIsOne() throws Exception {
    election();
    assertThat(publish()).isEqualTo(1);
    assertThat(office.err)
        .startsWith("votes-without-outcome: 0 votes are on their way, 0 parked, 1 lost")
        .contains("noted: ");
    assertThat(office.fixture.number("SELECT count(*) FROM contests.publication")).isZero();

    note(3, REJECTED, "'unknown_credential'");
    assertThat(publish()).as(office.err).isZero();
    assertThat(Files.readString(office.result()))
        .contains("\"total\":2", "\"spoiled\":0", "\"recorded\":2")
        .contains("\"duplicates\":0", "\"rejected\":1", "\"roll_size\":3")
        .contains("voters are in buckets that are not loaded into Redis");
  }

  private int publish() {
    return office.run(
        PUBLISH[0], PUBLISH[1], PUBLISH[2], PUBLISH[3], dir.resolve("out").toString());
  }

  /**
   * Three votes were cast: two are recorded, one of them was retried too late; a stranger's is
   * lost.
   */
  private void election() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    office.fixture.insert(
        Samples.LAW, ContestState.CLOSED, now.minusSeconds(3600), now.plusSeconds(3600));
    office.durables();
    office
        .nats
        .connection()
        .jetStreamManagement()
        .addOrUpdateConsumer(
            EventType.EVENT_PARKED.stream().in(office.nats.name()),
            ConsumerConfiguration.builder()
                .durable("audit-parked")
                .filterSubject(EventType.EVENT_PARKED.subject(office.nats.name()))
                .build());
    office.fixture.run(
        "INSERT INTO roll.roll (law_id, size, scheme, complete_at)"
            + " VALUES ('law-1', 3, 'hmac-sha256', now())");
    enrol(1);
    enrol(2);
    enrol(4);
    for (int voter = 1; voter <= 3; voter++) {
      cast(voter);
    }
    record(1, "oui");
    record(2, "non");
    note(1, REJECTED, "'too_late'");
    office.fixture.run("UPDATE contests.contest SET closes_at = now()");
  }

  private void enrol(int voter) throws SQLException {
    office.fixture.run(
        "INSERT INTO roll.voter (roll, tag) SELECT number, " + tag(voter) + " FROM roll.roll");
  }

  private void cast(int voter) throws Exception {
    VoteCast cast =
        new VoteCast(
            VoteId.parse("%032x".formatted(voter)),
            Samples.LAW,
            Tag.of(tagBytes(voter)),
            new SealedChoice(1, "key-1", Bytes.of(new byte[64])),
            Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]));
    office
        .nats
        .connection()
        .jetStream()
        .publish(
            EventType.VOTE_CAST.subject(office.nats.name()),
            office.fixture.codec.encode(Event.first(cast, "test", Instant.now(), null)));
    note(voter, 1, "NULL");
    office.read("verify");
    office.read("audit-cast");
  }

  private void record(int voter, String choice) throws SQLException {
    office.fixture.run(
        "INSERT INTO store.participation VALUES ('law-1', "
            + tag(voter)
            + ", "
            + vote(voter)
            + "); INSERT INTO tally.ballot_box VALUES ('law-1', '"
            + choice
            + "'); INSERT INTO tally.tally VALUES ('law-1', '"
            + choice
            + "', 1)");
    note(voter, 2, "NULL");
  }

  /** A row of the trail, its counter and its place in the queue, as audit writes them. */
  private void note(int voter, int step, String detail) throws SQLException {
    office.fixture.run(
        "INSERT INTO audit.vote_audit VALUES (%s, %d, 'law-1', now(), %s)"
            .formatted(vote(voter), step, detail));
    office.fixture.run(
        "INSERT INTO audit.turnout AS t VALUES ('law-1', %d, 1)".formatted(step)
            + " ON CONFLICT (law_id, step) DO UPDATE SET count = t.count + 1");
    if (step == REJECTED) {
      office.fixture.run(
          "INSERT INTO audit.review_queue VALUES (%s, 'law-1', %s, now())"
              .formatted(vote(voter), detail));
    }
  }

  private static String vote(int voter) {
    return "decode('%032x', 'hex')".formatted(voter);
  }

  private static String tag(int voter) {
    return "decode('" + Bytes.of(tagBytes(voter)).hex() + "', 'hex')";
  }

  private static byte[] tagBytes(int voter) {
    byte[] bytes = new byte[Tag.LENGTH_BYTES];
    bytes[0] = (byte) (voter * 37);
    return bytes;
  }
}
