package io.scrutin.reconcile;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.PublishAck;
import io.scrutin.console.Surroundings;
import io.scrutin.credential.RollBuckets;
import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import io.scrutin.event.EventType;
import io.scrutin.event.Fact;
import io.scrutin.event.LocalText;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteCast;
import io.scrutin.event.VoteDuplicated;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteRecorded;
import io.scrutin.event.VoteRejected;
import io.scrutin.event.VoteVerified;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestNats;
import io.scrutin.testing.TestPostgres;
import io.scrutin.testing.TestRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An election whose books are written here, without the functions that would write them. */
final class Election implements AutoCloseable {
  static final String LAW = "C-12";
  private static final int VOTERS = 16;

  /** The trigger's durables and what they listen to. */
  static final Map<String, EventType> DURABLES = durables();

  final TestDatabase database = TestPostgres.freshDatabase();
  final TestNats.Environment nats = TestNats.freshEnvironment();
  private final RedisClient redisClient = RedisClient.create(TestRedis.url());
  final RedisCommands<String, String> redis = redisClient.connect().sync();
  private final EventCodec codec = new EventCodec();
  private final Path passwords;

  Election(Path dir, Visibility visibility, Instant closesAt) throws Exception {
    this(dir, visibility, closesAt, VOTERS);
  }

  Election(Path dir, Visibility visibility, Instant closesAt, int voters) throws Exception {
    passwords = Files.createDirectories(dir.resolve("passwords"));
    Files.writeString(passwords.resolve("reconcile"), "trusted\n");
    for (String durable : DURABLES.keySet()) {
      listen(durable);
    }
    open(visibility, closesAt);
    enrol(voters);
  }

  void listen(String durable) throws Exception {
    EventType type = Objects.requireNonNull(DURABLES.get(durable));
    nats.connection()
        .jetStreamManagement()
        .addOrUpdateConsumer(
            stream(type),
            ConsumerConfiguration.builder()
                .durable(durable)
                .filterSubject(type.subject(nats.name()))
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(Duration.ofSeconds(5))
                .build());
  }

  private static Map<String, EventType> durables() {
    Map<String, EventType> durables = new LinkedHashMap<>();
    durables.put("verify", EventType.VOTE_CAST);
    durables.put("dedup", EventType.VOTE_VERIFIED);
    durables.put("store", EventType.VOTE_ACCEPTED);
    durables.put("audit-cast", EventType.VOTE_CAST);
    durables.put("audit-recorded", EventType.VOTE_RECORDED);
    durables.put("audit-rejected", EventType.VOTE_REJECTED);
    durables.put("audit-duplicated", EventType.VOTE_DUPLICATED);
    durables.put("audit-parked", EventType.EVENT_PARKED);
    return durables;
  }

  private void open(Visibility visibility, Instant closesAt) throws SQLException {
    Contest contest =
        new Contest(
            LAW,
            new LocalText("Loi", "Law"),
            new LocalText("Oui ou non ?", "Yes or no?"),
            List.of(
                new Choice("oui", new LocalText("Oui", "Yes")),
                new Choice("non", new LocalText("Non", "No"))),
            Instant.now().minus(Duration.ofDays(2)),
            closesAt,
            new ResultsPolicy(visibility, 5),
            "hmac-sha256",
            new BallotKey("key", Bytes.of(new byte[32])));
    try (Connection connection = database.ownerDataSource().getConnection();
        var insert =
            connection.prepareStatement(
                "INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state)"
                    + " VALUES (?, ?::jsonb, ?::timestamptz, ?::timestamptz, 'open')")) {
      insert.setString(1, LAW);
      insert.setString(2, codec.contestJson(contest));
      insert.setString(3, contest.opensAt().toString());
      insert.setString(4, closesAt.toString());
      insert.execute();
    }
  }

  private void enrol(int voters) throws SQLException {
    sql(
        "INSERT INTO roll.roll (law_id, size, scheme, complete_at) VALUES ('C-12', "
            + voters
            + ", 'hmac-sha256', now())");
    StringBuilder tags = new StringBuilder();
    for (int voter = 0; voter < voters; voter++) {
      tags.append(voter == 0 ? "" : ", ")
          .append("(")
          .append(literal(tag(voter).bytes()))
          .append(")");
      redis.sadd(
          bucket(voter),
          Long.toString(RollBuckets.SENTINEL),
          Long.toString(RollBuckets.prefix(tag(voter))));
    }
    sql(
        "INSERT INTO roll.voter (roll, tag) SELECT number, tag FROM roll.roll, (VALUES "
            + tags
            + ") AS v(tag) WHERE law_id = 'C-12'");
  }

  /** As {@code valid_hashes} names it. */
  String bucket(int voter) {
    return RollBuckets.key(nats.name(), "valid_hashes", LAW, RollBuckets.bucket(tag(voter)));
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
    publish(new VoteRejected(vote(3), LAW, VoteRejected.Reason.TOO_LATE));
    note(vote(3), 4, "too_late");
    drain();
    sql(
        "INSERT INTO audit.attempt_counter VALUES ('C-12', "
            + literal(tag(0).bytes())
            + ", 3), ('C-12', "
            + literal(tag(1).bytes())
            + ", 2)");
    sql("DELETE FROM store.envelope WHERE vote_id NOT IN (" + id(10) + ", " + id(11) + ")");
    sql("INSERT INTO tally.spoiled VALUES (" + id(9) + ", 'C-12', 'cannot be opened')");
    sql(
        "INSERT INTO tally.ballot_box SELECT 'C-12', CASE WHEN n <= 5 THEN 'oui' ELSE 'non' END"
            + " FROM generate_series(1, 9) AS n");
    sql("INSERT INTO tally.tally VALUES ('C-12', 'oui', 5), ('C-12', 'non', 4)");
    return this;
  }

  static Tag tag(int voter) {
    byte[] bytes = new byte[Tag.LENGTH_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((voter >> 8) * 29 + (voter & 0xff) * 37 + i * (11 + (voter >> 8)));
    }
    return Tag.of(bytes);
  }

  static VoteId vote(int number) {
    return VoteId.parse("%032x".formatted(number + 0xabc000));
  }

  static String id(int number) {
    return literal(vote(number).bytes());
  }

  static String literal(Bytes bytes) {
    return "'\\x" + bytes.hex() + "'::bytea";
  }

  VoteCast castOf(int voter, VoteId vote) {
    Bytes mac = Bytes.of(new byte[VoteCast.MAC_LENGTH_BYTES]);
    return new VoteCast(vote, LAW, tag(voter), sealed(), mac);
  }

  private void cast(int voter, VoteId vote) throws Exception {
    publish(castOf(voter, vote));
    note(vote, 1, null);
  }

  private void record(int voter, VoteId vote) throws Exception {
    publish(new VoteVerified(vote, LAW, tag(voter), sealed()));
    publish(new VoteAccepted(vote, LAW, tag(voter), sealed()));
    store(tag(voter), vote);
    publish(new VoteRecorded(vote, LAW));
    note(vote, 2, null);
  }

  /** As store would; coming again it changes nothing. */
  void store(Tag tag, VoteId vote) throws SQLException {
    sql(
        """
        WITH won AS (
          INSERT INTO store.participation VALUES ('C-12', %s, %s)
          ON CONFLICT DO NOTHING RETURNING vote_id)
        INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)
        SELECT 'C-12', vote_id, 1, 'key', '\\x00' FROM won
        """
            .formatted(literal(tag.bytes()), literal(vote.bytes())));
  }

  private void duplicate(int voter, VoteId vote, int attempt) throws Exception {
    cast(voter, vote);
    publish(new VoteVerified(vote, LAW, tag(voter), sealed()));
    publish(new VoteDuplicated(vote, LAW, tag(voter)));
    note(vote, 3, null);
    sql(
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
    publish(new VoteRejected(vote, LAW, reason));
    note(vote, 4, reason.name().toLowerCase(Locale.ROOT));
  }

  /** As audit would: the row and its counter in one transaction, and once. */
  void note(VoteId vote, int step, @Nullable String detail) throws SQLException {
    String reason = detail == null ? "NULL" : "'" + detail + "'";
    sql(
        """
        WITH fresh AS (
          INSERT INTO audit.vote_audit VALUES (%s, %d, 'C-12', now(), %s)
          ON CONFLICT DO NOTHING RETURNING step)
        INSERT INTO audit.turnout AS t SELECT 'C-12', step, 1 FROM fresh
        ON CONFLICT (law_id, step) DO UPDATE SET count = t.count + 1
        """
            .formatted(literal(vote.bytes()), step, reason));
    if (step >= 4) {
      sql(
          "INSERT INTO audit.review_queue VALUES (%s, 'C-12', 'a reason', now()) ON CONFLICT DO NOTHING"
              .formatted(literal(vote.bytes())));
    }
  }

  static SealedChoice sealed() {
    return new SealedChoice(1, "key", Bytes.of(new byte[64]));
  }

  PublishAck publish(Fact fact) throws Exception {
    Event event = Event.first(fact, "test", Instant.now(), null);
    return nats.connection()
        .jetStream()
        .publish(fact.type().subject(nats.name()), codec.encode(event));
  }

  /** Every durable has acked everything, as when the trigger is through. */
  void drain() throws Exception {
    for (String durable : DURABLES.keySet()) {
      fetch(durable).forEach(Message::ack);
    }
    nats.connection().flush(Duration.ofSeconds(5));
  }

  /** All that the durable has to deliver now. */
  List<Message> fetch(String durable) throws Exception {
    List<Message> fetched = new ArrayList<>();
    List<Message> batch = fetchSome(durable);
    while (!batch.isEmpty()) {
      fetched.addAll(batch);
      batch = fetchSome(durable);
    }
    return fetched;
  }

  List<Message> fetchSome(String durable) throws Exception {
    EventType type = Objects.requireNonNull(DURABLES.get(durable));
    JetStreamSubscription pull =
        nats.connection()
            .jetStream()
            .subscribe(type.subject(nats.name()), PullSubscribeOptions.bind(stream(type), durable));
    List<Message> batch = pull.fetch(200, Duration.ofMillis(100));
    pull.unsubscribe();
    return batch;
  }

  String stream(EventType type) {
    return type.stream().in(nats.name());
  }

  void delete(EventType type, long sequence) throws Exception {
    nats.connection().jetStreamManagement().deleteMessage(stream(type), sequence);
  }

  void sql(String statements) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  Map<String, String> environment() {
    return Map.of(
        Surroundings.POSTGRES_URL, database.jdbcUrl(),
        Surroundings.POSTGRES_PASSWORDS_DIR, passwords.toString(),
        Surroundings.REDIS_URL, TestRedis.url(),
        Surroundings.NATS_URL, nats.url(),
        Surroundings.ENVIRONMENT, nats.name());
  }

  @Override
  public void close() {
    redisClient.shutdown(0, 1, TimeUnit.SECONDS);
    nats.close();
  }
}
