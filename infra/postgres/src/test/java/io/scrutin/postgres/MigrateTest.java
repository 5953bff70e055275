package io.scrutin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.servers.PostgresDurability;
import io.scrutin.servers.PostgresServer;
import io.scrutin.servers.ServerPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server that asks everybody for a password, as {@code up} and production do. */
final class MigrateTest {
  @TempDir static Path dir;
  private static PostgresServer server;
  private static String owner = "";

  @BeforeAll
  static void started() throws IOException {
    Path password = dir.resolve("keys/postgres");
    server =
        PostgresServer.start(
            ServerPrograms.onThisMachine(System.err::println),
            dir,
            0,
            PostgresServer.withPasswordIn(password),
            PostgresDurability.PROCESS_CRASH);
    owner = Files.readString(password).strip();
  }

  @AfterAll
  static void stopped() {
    server.close();
  }

  @Test
  void migratingTwiceIsHarmless() throws SQLException {
    String url = database("twice");
    assertThat(migrate(url, Map.of())).isPositive();
    assertThat(migrate(url, Map.of())).isZero();
  }

  @Test
  void oneDatabaseIsMigratedByTwoAtOnce() throws Exception {
    String url = database("contended");
    runAtOnce(() -> migrate(url, passwords("same")), () -> migrate(url, passwords("same")));
    try (Connection store = connect(url, Roles.of("store"), "same")) {
      assertThat(store.isValid(1)).isTrue();
    }
  }

  @Test
  void twoDatabasesOfOneServerAreMigratedAtOnce() throws Exception {
    String one = database("one");
    String other = database("other");
    runAtOnce(() -> migrate(one, Map.of()), () -> migrate(other, Map.of()));
    assertThat(migrate(one, Map.of()) + migrate(other, Map.of())).isZero();
  }

  private static void runAtOnce(Callable<Integer> one, Callable<Integer> other) throws Exception {
    try (ExecutorService together = Executors.newFixedThreadPool(2)) {
      for (Future<Integer> migration : together.invokeAll(List.of(one, other))) {
        assertThat(migration.get()).isNotNegative();
      }
    }
  }

  @Test
  void passwordsAreChangedByMigratingAgain() throws SQLException {
    String url = database("passwords");
    migrate(url, passwords("before"));
    connect(url, Roles.of("store"), "before").close();
    migrate(url, passwords("after"));
    connect(url, Roles.of("store"), "after").close();
    assertThatThrownBy(() -> connect(url, Roles.of("store"), "before"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aDatabaseThatExistsIsLeftAlone() throws SQLException {
    String url = database("existing");
    migrate(url, Map.of());
    database("existing");
    assertThat(migrate(url, Map.of())).isZero();
  }

  @Test
  void refusesADatabaseNameThatIsNoPlainWord() {
    assertThatThrownBy(() -> database("a; DROP DATABASE b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyTableAndColumnSaysWhatItIs() throws SQLException {
    String url = database("comments");
    migrate(url, Map.of());
    String silent =
        """
        SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE n.nspname IN ('contests', 'roll', 'store', 'tally', 'audit') AND c.relkind IN ('r', 'v')
          AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL)
        """;
    assertThat(strings(url, silent)).isEmpty();
  }

  @Test
  void aVoteMeetsOneRandomIndexATable() throws SQLException {
    String url = database("indexes");
    migrate(url, Map.of());
    String indexes =
        """
        SELECT schemaname || '.' || tablename FROM pg_indexes
        WHERE (schemaname IN ('roll', 'store') OR schemaname = 'audit' AND tablename = 'vote_audit')
          -- Of stamps, which grow: its inserts meet at one end.
          AND indexname <> 'vote_audit_casts'
        """;
    // Postgres refuses no second index, only slows down by the million; a tally takes none at all.
    assertThat(strings(url, indexes))
        .containsExactlyInAnyOrder(
            "roll.roll",
            "roll.roll",
            "roll.shard",
            "roll.voter",
            "store.participation",
            "store.envelope",
            "audit.vote_audit");
    assertThat(strings(url, "SELECT indexname FROM pg_indexes WHERE tablename = 'ballot_box'"))
        .isEmpty();
  }

  @Test
  void votersOfARollFromBeforeItHadANumberStayOnIt() throws SQLException {
    String url = database("numbered");
    migrateTo(url, "7");
    String announced = "INSERT INTO roll.roll VALUES ('known', 1, 'sha256', now())";
    String enrolled =
        "INSERT INTO roll.voter VALUES ('known', decode(repeat('01', 32), 'hex')),"
            + " ('unannounced', decode(repeat('02', 32), 'hex'))";
    execute(url, announced, enrolled);
    migrate(url, Map.of());
    assertThat(
            strings(
                url,
                "SELECT law_id || ' ' || scheme || ' ' || (complete_at IS NOT NULL) || ' '"
                    + " || left(encode(tag, 'hex'), 2)"
                    + " FROM roll.roll r JOIN roll.voter v ON v.roll = r.number"))
        .containsExactlyInAnyOrder("known sha256 true 01", "unannounced hmac-sha256 false 02");
  }

  private static void migrateTo(String url, String version) {
    Flyway.configure()
        .dataSource(url, PostgresServer.SUPERUSER, owner)
        .locations("classpath:io/scrutin/postgres/migrations")
        .defaultSchema("migrations")
        .target(version)
        .load()
        .migrate();
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = connect(url, PostgresServer.SUPERUSER, owner);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void resultsOfAReferendumAreOneRow() throws SQLException {
    String url = database("results");
    migrate(url, Map.of());
    try (Connection connection = connect(url, PostgresServer.SUPERUSER, owner);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO tally.tally VALUES ('law', 'oui', 3), ('law', 'non', 2)");
      statement.execute("INSERT INTO tally.tally VALUES ('early', 'oui', 1)");
    }
    assertThat(
            strings(
                url,
                "SELECT law_id || ' ' || oui_count || ' ' || non_count FROM tally.vote_results"))
        .containsExactlyInAnyOrder("law 3 2", "early 1 0");
  }

  private static Map<String, String> passwords(String password) {
    Map<String, String> passwords = new HashMap<>();
    Roles.FUNCTIONS.forEach(function -> passwords.put(function, password));
    return passwords;
  }

  private static int migrate(String url, Map<String, String> passwords) throws SQLException {
    return Migrate.migrate(url, PostgresServer.SUPERUSER, owner, passwords);
  }

  private static String database(String name) throws SQLException {
    CreateDatabase.ifAbsent(server.url(), PostgresServer.SUPERUSER, owner, name);
    return server.jdbcUrl(name);
  }

  private static Connection connect(String url, String user, String password) throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private static List<String> strings(String url, String select) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Connection connection = connect(url, PostgresServer.SUPERUSER, owner);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
