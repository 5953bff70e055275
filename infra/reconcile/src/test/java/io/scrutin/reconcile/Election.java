package io.scrutin.reconcile;

import static io.scrutin.reconcile.Samples.LAW;
import static io.scrutin.reconcile.Samples.castOf;
import static io.scrutin.reconcile.Samples.id;
import static io.scrutin.reconcile.Samples.literal;
import static io.scrutin.reconcile.Samples.sealed;
import static io.scrutin.reconcile.Samples.tag;
import static io.scrutin.reconcile.Samples.vote;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.scrutin.console.Surroundings;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import io.scrutin.testing.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An election whose books are written here, without the functions that would write them. */
final class Election implements AutoCloseable {
  private static final int VOTERS = 16;

  final Tables tables = new Tables();
  final Streams streams = new Streams();
  private final RedisClient redisClient = RedisClient.create(TestRedis.url());
  final RedisCommands<String, String> redis = redisClient.connect().sync();
  private final Path passwords;

  Election(Path dir, Visibility visibility, Instant closesAt) throws Exception {
    this(dir, visibility, closesAt, VOTERS);
  }

  Election(Path dir, Visibility visibility, Instant closesAt, int voters) throws Exception {
    passwords = Files.createDirectories(dir.resolve("passwords"));
    Files.writeString(passwords.resolve("reconcile"), "trusted\n");
    tables.open(visibility, closesAt);
    tables.enrol(voters);
    for (int voter = 0; voter < voters; voter++) {
      redis.sadd(
          bucket(voter),
          Long.toString(RollBuckets.SENTINEL),
          Long.toString(RollBuckets.prefix(tag(voter))));
    }
  }

  /** As {@code valid_hashes} names it. */
  String bucket(int voter) {
    return RollBuckets.key(
        streams.nats.name(), "valid_hashes", LAW, RollBuckets.bucket(tag(voter)));
  }

  /** Twelve recorded, of which two wait and one is spoiled; three duplicates; two refused. */
  Election voted() throws Exception {
    for (int voter = 0; voter < 12; voter++) {
      cast(voter, vote(voter));
      record(voter, vote(voter));
    }
    duplicate(0, vote(20), 2);
    duplicate(0, vote(21), 3);
    duplicate(1, vote(22), 2);
    refuse(40, vote(30), VoteRejected.Reason.UNKNOWN_CREDENTIAL);
    refuse(41, vote(31), VoteRejected.Reason.UNKNOWN_CREDENTIAL);
    // A retry of a recorded vote, stamped after closing: no second outcome.
    streams.publish(new VoteRejected(vote(3), LAW, VoteRejected.Reason.TOO_LATE));
    tables.note(vote(3), 4, "too_late");
    streams.drain();
    tables.sql(
        "INSERT INTO audit.attempt_counter VALUES ('C-12', "
            + literal(tag(0).bytes())
            + ", 3), ('C-12', "
            + literal(tag(1).bytes())
            + ", 2)");
    tables.sql("DELETE FROM store.envelope WHERE vote_id NOT IN (" + id(10) + ", " + id(11) + ")");
    tables.sql("INSERT INTO tally.spoiled VALUES (" + id(9) + ", 'C-12', 'cannot be opened')");
    tables.sql(
        "INSERT INTO tally.ballot_box SELECT 'C-12', CASE WHEN n <= 5 THEN 'oui' ELSE 'non' END"
            + " FROM generate_series(1, 9) AS n");
    tables.sql("INSERT INTO tally.tally VALUES ('C-12', 'oui', 5), ('C-12', 'non', 4)");
    return this;
  }

  private void cast(int voter, VoteId vote) throws Exception {
    streams.publish(castOf(voter, vote));
    tables.note(vote, 1, null);
  }

  private void record(int voter, VoteId vote) throws Exception {
    streams.publish(new VoteVerified(vote, LAW, tag(voter), sealed()));
    streams.publish(new VoteAccepted(vote, LAW, tag(voter), sealed()));
    tables.store(tag(voter), vote);
    streams.publish(new VoteRecorded(vote, LAW));
    tables.note(vote, 2, null);
  }

  private void duplicate(int voter, VoteId vote, int attempt) throws Exception {
    cast(voter, vote);
    streams.publish(new VoteVerified(vote, LAW, tag(voter), sealed()));
    streams.publish(new VoteDuplicated(vote, LAW, tag(voter)));
    tables.note(vote, 3, null);
    tables.sql(
        "INSERT INTO audit.duplicate_attempts VALUES ("
            + literal(vote.bytes())
            + ", 'C-12', "
            + literal(tag(voter).bytes())
            + ", "
            + attempt
            + ", now())");
  }

  private void refuse(int voter, VoteId vote, VoteRejected.Reason reason) throws Exception {
    cast(voter, vote);
    streams.publish(new VoteRejected(vote, LAW, reason));
    tables.note(vote, 4, reason.name().toLowerCase(Locale.ROOT));
  }

  Map<String, String> environment() {
    return Map.of(
        Surroundings.POSTGRES_URL, tables.database.jdbcUrl(),
        Surroundings.POSTGRES_PASSWORDS_DIR, passwords.toString(),
        Surroundings.REDIS_URL, TestRedis.url(),
        Surroundings.NATS_URL, streams.nats.url(),
        Surroundings.ENVIRONMENT, streams.nats.name());
  }

  @Override
  public void close() {
    redisClient.shutdown(0, 1, TimeUnit.SECONDS);
    streams.close();
  }
}
