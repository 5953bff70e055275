package io.scrutin.bench;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.nats.client.Connection;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.StreamSizes;
import io.scrutin.broker.Streams;
import io.scrutin.event.EventType;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.PostgresServer;
import io.scrutin.servers.RedisServer;
import io.scrutin.servers.ServerPrograms;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.postgresql.ds.PGSimpleDataSource;

/** Each part alone, on servers of its own, with nothing else at work. */
final class Roofs {
  static final String ENVIRONMENT = "roof";

  private static final Duration BROKER_START = Duration.ofSeconds(10);
  private static final int IN_FLIGHT = 512;
  private static final int BATCH = 500;

  /**
   * Voters that the streams have room for: more than the most that submit alone is sent. The broker
   * wants the room on its disk from the start, 12 GB for a million.
   */
  private static final int MOST_PUBLISHED = 2_000_000;

  /** A cast of this contest, as it is stored. */
  private static final int CAST_BYTES = 800;

  private static final int BUCKETS = 32_768;

  private static final String CLAIM =
      """
      if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 1 then return 0 end
      return 2
      """;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE participation (law_id text, tag bytea, vote_id bytea,"
              + " PRIMARY KEY (law_id, tag))",
          "CREATE TABLE envelope (law_id text, vote_id bytea, sealed bytea)");

  private static final String INSERT =
      """
      WITH batch AS (SELECT * FROM unnest(?::bytea[], ?::bytea[]) AS b(tag, vote_id)),
      won AS (INSERT INTO participation SELECT 'bench', tag, vote_id FROM batch
        ON CONFLICT DO NOTHING RETURNING vote_id)
      INSERT INTO envelope SELECT 'bench', vote_id, sha512(vote_id) FROM won
      """;

  private final Path dir;
  private final Duration length;
  private final ServerPrograms programs;
  private final PrintWriter out;
  private final Random chance = new Random(1);

  /**
   * @param length of the measurement of each; half of it is spent before, to get warm
   */
  Roofs(Path dir, Duration length, PrintWriter out) {
    this.dir = dir;
    this.length = length;
    this.out = out;
    this.programs = ServerPrograms.onThisMachine(out::println);
  }

  /** One after the other. */
  Map<Roof, Double> measure(SubmitAlone submit) throws Exception {
    Map<Roof, Double> roofs = new EnumMap<>(Roof.class);
    try (NatsServer nats = NatsServer.start(programs, dir, 0);
        BrokerLink broker = BrokerLink.open(nats.url(), "bench")) {
      Connection connection = broker.await(BROKER_START);
      Streams.declare(connection, ENVIRONMENT, StreamSizes.forRoll(MOST_PUBLISHED, 1));
      found(roofs, Roof.PUBLISH, publish(connection));
      var _ =
          connection
              .jetStreamManagement()
              .purgeStream(EventType.VOTE_CAST.stream().in(ENVIRONMENT));
      found(roofs, Roof.SUBMIT, submit.measure(nats.url(), connection, length));
    }
    try (RedisServer redis = RedisServer.start(programs, dir, 0)) {
      found(roofs, Roof.CLAIM, claim(redis.url()));
    }
    Path password = dir.resolve("keys").resolve("postgres.password");
    try (PostgresServer postgres =
        PostgresServer.start(programs, dir, 0, PostgresServer.withPasswordIn(password))) {
      found(roofs, Roof.INSERT, insert(postgres.url(), password));
    }
    return roofs;
  }

  private void found(Map<Roof, Double> roofs, Roof roof, double perSecond) {
    roofs.put(roof, perSecond);
    out.printf("  roof: %,9.0f/s %s%n", perSecond, roof.says());
    out.flush();
  }

  private double publish(Connection connection) throws Exception {
    byte[] cast = new byte[CAST_BYTES];
    chance.nextBytes(cast);
    String subject = EventType.VOTE_CAST.subject(ENVIRONMENT);
    Deque<CompletableFuture<PublishAck>> underWay = new ArrayDeque<>();
    Meter meter = new Meter(length);
    for (long i = 0; !meter.isOver(); i++) {
      Headers id = new Headers().add(NatsJetStreamConstants.MSG_ID_HDR, "roof-" + i);
      NatsMessage message = NatsMessage.builder().subject(subject).headers(id).data(cast).build();
      underWay.add(connection.jetStream().publishAsync(message));
      if (underWay.size() >= IN_FLIGHT) {
        await(underWay.remove());
        meter.count(1);
      }
    }
    for (CompletableFuture<PublishAck> one : underWay) {
      await(one);
    }
    return meter.perSecond();
  }

  private static void await(CompletableFuture<PublishAck> one)
      throws ExecutionException, InterruptedException {
    var _ = one.get();
  }

  private double claim(String url) throws Exception {
    RedisClient client = RedisClient.create(url);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.setAutoFlushCommands(false);
      RedisAsyncCommands<String, String> commands = connection.async();
      Meter meter = new Meter(length);
      while (!meter.isOver()) {
        List<RedisFuture<Long>> answers = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
          String[] keys = {"voted_hashes:" + chance.nextInt(BUCKETS)};
          answers.add(
              commands.eval(CLAIM, ScriptOutputType.INTEGER, keys, eightBytes(), eightBytes()));
        }
        connection.flushCommands();
        for (RedisFuture<Long> answer : answers) {
          var _ = answer.get();
        }
        meter.count(BATCH);
      }
      return meter.perSecond();
    } finally {
      client.shutdown();
    }
  }

  private String eightBytes() {
    return Integer.toHexString(chance.nextInt(1 << 28, Integer.MAX_VALUE));
  }

  private double insert(String url, Path passwordFile) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    database.setUser(PostgresServer.SUPERUSER);
    database.setPassword(Files.readString(passwordFile).strip());
    try (java.sql.Connection connection = database.getConnection()) {
      for (String table : TABLES) {
        try (PreparedStatement create = connection.prepareStatement(table)) {
          create.execute();
        }
      }
      connection.setAutoCommit(false);
      Meter meter = new Meter(length);
      while (!meter.isOver()) {
        insertBatch(connection);
        meter.count(BATCH);
      }
      return meter.perSecond();
    }
  }

  private void insertBatch(java.sql.Connection connection) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, connection.createArrayOf("bytea", randomBytes(32)));
      insert.setArray(2, connection.createArrayOf("bytea", randomBytes(16)));
      insert.executeUpdate();
      connection.commit();
    }
  }

  private byte[][] randomBytes(int length) {
    byte[][] all = new byte[BATCH][length];
    for (byte[] one : all) {
      chance.nextBytes(one);
    }
    return all;
  }

  /** Counts once compilers and caches have seen some of it. */
  private static final class Meter {
    private final long begin;
    private final long end;
    private long counted;
    private long last;

    Meter(Duration length) {
      this.begin = System.nanoTime() + length.toNanos() / 2;
      this.end = begin + length.toNanos();
      this.last = begin;
    }

    boolean isOver() {
      return System.nanoTime() > end;
    }

    void count(int some) {
      long now = System.nanoTime();
      if (now > begin) {
        counted += some;
        last = now;
      }
    }

    double perSecond() {
      return counted / ((last - begin) / 1e9);
    }
  }
}
