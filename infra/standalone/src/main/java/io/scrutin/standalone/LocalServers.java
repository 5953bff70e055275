package io.scrutin.standalone;

import io.nats.client.Connection;
import io.scrutin.broker.BrokerLink;
import io.scrutin.broker.StreamSizes;
import io.scrutin.broker.Streams;
import io.scrutin.postgres.CreateDatabase;
import io.scrutin.postgres.Migrate;
import io.scrutin.postgres.Roles;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.PostgresServer;
import io.scrutin.servers.RedisServer;
import io.scrutin.servers.ServerPrograms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The three servers, with their data in one folder. */
public final class LocalServers {
  public static final String NATS = "nats";
  public static final String REDIS = "redis";
  public static final String POSTGRES = "postgres";

  private static final String DATABASE = "scrutin";
  private static final Duration BROKER_START = Duration.ofSeconds(10);

  private final NatsServer nats;
  private final RedisServer redis;
  private final PostgresServer postgres;
  private final String ownersPassword;

  private LocalServers(
      NatsServer nats, RedisServer redis, PostgresServer postgres, String ownersPassword) {
    this.nats = nats;
    this.redis = redis;
    this.postgres = postgres;
    this.ownersPassword = ownersPassword;
  }

  static LocalServers start(Path dir, Keys keys, Progress progress, Closing closing)
      throws Exception {
    return start(dir, _ -> dir, keys, progress, closing);
  }

  /**
   * @param folderOf where the server of that name keeps its data, which may be a disk of its own
   */
  static LocalServers start(
      Path dir, Function<String, Path> folderOf, Keys keys, Progress progress, Closing closing)
      throws Exception {
    ServerPrograms programs = ServerPrograms.onThisMachine(System.out::println);
    Path passwordFile = dir.resolve("keys").resolve("postgres.password");
    Files.createDirectories(passwordFile.getParent());
    NatsServer nats =
        progress.step(
            "NATS", () -> closing.start(() -> NatsServer.start(programs, folderOf.apply(NATS), 0)));
    RedisServer redis =
        progress.step(
            "Redis",
            () -> closing.start(() -> RedisServer.start(programs, folderOf.apply(REDIS), 0)));
    PostgresServer postgres =
        progress.step(
            "Postgres",
            () ->
                closing.start(
                    () ->
                        PostgresServer.start(
                            programs,
                            folderOf.apply(POSTGRES),
                            0,
                            PostgresServer.withPasswordIn(passwordFile))));
    String password = Files.readString(passwordFile).strip();
    LocalServers servers = new LocalServers(nats, redis, postgres, password);
    progress.step("schema", () -> servers.migrate(keys));
    return servers;
  }

  private int migrate(Keys keys) throws SQLException, IOException {
    CreateDatabase.ifAbsent(postgres.url(), PostgresServer.SUPERUSER, ownersPassword, DATABASE);
    Map<String, String> passwords = new HashMap<>();
    for (String function : Roles.FUNCTIONS) {
      passwords.put(function, keys.password(function));
    }
    return Migrate.migrate(
        postgres.jdbcUrl(DATABASE), PostgresServer.SUPERUSER, ownersPassword, passwords);
  }

  void declareStreams(int voters, Progress progress) throws Exception {
    try (BrokerLink broker = BrokerLink.open(nats.url(), "scrutin-up")) {
      Connection connection = broker.await(BROKER_START);
      long room = roomForStreams();
      StreamSizes sizes = StreamSizes.forRollIn(voters, room);
      // Once they are declared their room is theirs, however full the disk has become.
      if (!Streams.areDeclared(connection, Settings.ENVIRONMENT)) {
        refuseTooSmallADisk(voters, sizes, room);
      }
      boolean byTheRule = sizes.equals(StreamSizes.forRoll(voters, 1));
      String fewer = ", with room for %,d votes: the disk has no more".formatted(sizes.casts());
      progress.step(
          "streams" + (byTheRule ? "" : fewer),
          () -> {
            Streams.declare(connection, Settings.ENVIRONMENT, sizes);
            return sizes;
          });
    }
  }

  /** The rest is for Postgres and Redis. */
  private long roomForStreams() throws IOException {
    return nats.freeBytes() / 4 * 3;
  }

  static void refuseTooSmallADisk(int voters, StreamSizes sizes, long room) {
    if (sizes.reservedBytes() > room) {
      throw new IllegalStateException(
          ("the streams for %,d voters may grow to %,d bytes, and the disk can give them %,d:"
                  + " say fewer --voters, or a --dir on a larger disk")
              .formatted(voters, sizes.reservedBytes(), room));
    }
  }

  /**
   * As {@link FoundSystem} knows them.
   *
   * @param url where voters find the system
   */
  Map<String, String> addresses(URI url) {
    Map<String, String> addresses = new LinkedHashMap<>();
    addresses.put("url", url.toString());
    addresses.put(NATS, nats.url());
    addresses.put(REDIS, redis.url());
    addresses.put(POSTGRES, jdbcUrl());
    return addresses;
  }

  public NatsServer nats() {
    return nats;
  }

  public RedisServer redis() {
    return redis;
  }

  public PostgresServer postgres() {
    return postgres;
  }

  public String jdbcUrl() {
    return postgres.jdbcUrl(DATABASE);
  }

  /** As the owner of the schema; functions never connect as that. */
  public DataSource owner() {
    return ownersConnections();
  }

  /** The same for who cannot wait: a server that went silent is an exception after that time. */
  DataSource ownerFor(Duration longest) {
    PGSimpleDataSource owner = ownersConnections();
    int seconds = Math.toIntExact(longest.toSeconds());
    owner.setConnectTimeout(seconds);
    owner.setSocketTimeout(seconds);
    return owner;
  }

  private PGSimpleDataSource ownersConnections() {
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(jdbcUrl());
    owner.setUser(PostgresServer.SUPERUSER);
    owner.setPassword(ownersPassword);
    return owner;
  }
}
