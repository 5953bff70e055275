package io.scrutin.standalone;

import io.scrutin.postgres.CreateDatabase;
import io.scrutin.postgres.Migrate;
import io.scrutin.postgres.Roles;
import io.scrutin.servers.NatsServer;
import io.scrutin.servers.PostgresServer;
import io.scrutin.servers.RedisServer;
import io.scrutin.servers.ServerPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The three servers, with their data in one folder. */
final class LocalServers implements AutoCloseable {
  private static final String DATABASE = "scrutin";

  private final NatsServer nats;
  private final RedisServer redis;
  private final PostgresServer postgres;
  private final String password;

  private LocalServers(
      NatsServer nats, RedisServer redis, PostgresServer postgres, String password) {
    this.nats = nats;
    this.redis = redis;
    this.postgres = postgres;
    this.password = password;
  }

  static LocalServers start(Path dir, Progress progress) throws Exception {
    ServerPrograms programs = ServerPrograms.onThisMachine(System.out::println);
    Path passwordFile = dir.resolve("keys").resolve("postgres.password");
    Files.createDirectories(passwordFile.getParent());
    NatsServer nats = progress.step("NATS", () -> NatsServer.start(programs, dir, 0));
    RedisServer redis = progress.step("Redis", () -> RedisServer.start(programs, dir, 0));
    PostgresServer postgres =
        progress.step(
            "Postgres",
            () ->
                PostgresServer.start(
                    programs, dir, 0, PostgresServer.withPasswordIn(passwordFile)));
    String password = Files.readString(passwordFile).strip();
    LocalServers servers = new LocalServers(nats, redis, postgres, password);
    progress.step("schema", servers::migrate);
    return servers;
  }

  /**
   * On one machine, for one person, the roles differ in what they may do and not in who they are.
   */
  private int migrate() throws SQLException {
    CreateDatabase.ifAbsent(postgres.url(), PostgresServer.SUPERUSER, password, DATABASE);
    Map<String, String> passwords =
        Roles.FUNCTIONS.stream().collect(Collectors.toMap(Function.identity(), _ -> password));
    return Migrate.migrate(
        postgres.jdbcUrl(DATABASE), PostgresServer.SUPERUSER, password, passwords);
  }

  NatsServer nats() {
    return nats;
  }

  RedisServer redis() {
    return redis;
  }

  PostgresServer postgres() {
    return postgres;
  }

  String jdbcUrl() {
    return postgres.jdbcUrl(DATABASE);
  }

  String password() {
    return password;
  }

  /** As the owner of the schema; functions never connect as that. */
  DataSource owner() {
    PGSimpleDataSource owner = new PGSimpleDataSource();
    owner.setUrl(jdbcUrl());
    owner.setUser(PostgresServer.SUPERUSER);
    owner.setPassword(password);
    return owner;
  }

  @Override
  public void close() {
    nats.close();
    redis.close();
    postgres.close();
  }
}
