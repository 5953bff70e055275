package io.scrutin.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.servers.PostgresAccess;
import io.scrutin.servers.PostgresDurability;
import io.scrutin.servers.PostgresServer;
import io.scrutin.servers.ServerPrograms;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrantsTest {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  @TempDir static Path dir;
  private static PostgresServer server;
  private static String url;

  @BeforeAll
  static void migrated() throws SQLException {
    server =
        PostgresServer.start(
            ServerPrograms.onThisMachine(System.err::println),
            dir,
            0,
            new PostgresAccess.Trust(),
            PostgresDurability.PROCESS_CRASH);
    CreateDatabase.ifAbsent(server.url(), PostgresServer.SUPERUSER, "", "scrutin");
    url = server.jdbcUrl("scrutin");
    Migrate.migrate(url, PostgresServer.SUPERUSER, "", Map.of());
  }

  @AfterAll
  static void stopped() {
    server.close();
  }

  @Test
  void eachRoleMayDoOnTablesWhatIsListedAndNothingElse() throws SQLException {
    Map<String, String> expected = new TreeMap<>();
    GrantList.TABLES.forEach(
        (function, grants) ->
            grants.forEach((table, rights) -> expected.put(function + " " + table, rights)));
    assertThat(granted()).isEqualTo(expected);
  }

  private static Map<String, String> granted() throws SQLException {
    Map<String, String> granted = new TreeMap<>();
    String allRights =
        """
        SELECT f.function || ' ' || n.nspname || '.' || c.relname, string_agg(p.privilege, ' ' ORDER BY p.place)
        FROM unnest(?::text[]) AS f(function)
        CROSS JOIN pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
          WITH ORDINALITY AS p(privilege, place)
        WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f')
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
          AND has_table_privilege('scrutin_' || f.function, c.oid, p.privilege)
        GROUP BY 1
        """;
    try (Connection connection = as(PostgresServer.SUPERUSER);
        var select = connection.prepareStatement(allRights)) {
      select.setArray(1, connection.createArrayOf("text", Roles.FUNCTIONS.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          granted.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return granted;
  }

  @Test
  void eachRoleMayDoOnSingleColumnsWhatIsListedAndNothingElse() throws SQLException {
    String select =
        """
        SELECT replace(grantee, 'scrutin_', '') || ' ' || c.privilege_type || ' ' || c.table_schema
          || '.' || c.table_name || '.' || c.column_name
        FROM information_schema.column_privileges c
        WHERE grantee LIKE 'scrutin\\_%' AND NOT has_table_privilege(
          grantee, quote_ident(table_schema) || '.' || quote_ident(table_name), privilege_type)
        """;
    assertThat(new TreeSet<>(strings(select))).isEqualTo(new TreeSet<>(GrantList.COLUMNS));
  }

  @Test
  void noRoleMayMakeTablesOrSequencesOrInheritFromAnotherAndOneMayMakeTemporaryOnes()
      throws SQLException {
    assertThat(
            strings(
                """
                SELECT r.rolname || ' creates in ' || n.nspname FROM pg_roles r CROSS JOIN pg_namespace n
                WHERE r.rolname LIKE 'scrutin\\_%' AND n.nspname NOT LIKE 'pg\\_%'
                  AND has_schema_privilege(r.oid, n.oid, 'CREATE')
                UNION ALL
                SELECT r.rolname || ' is powerful' FROM pg_roles r WHERE r.rolname LIKE 'scrutin\\_%'
                  AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
                UNION ALL
                SELECT 'member ' || member::regrole FROM pg_auth_members
                WHERE member::regrole::text LIKE 'scrutin\\_%'
                UNION ALL
                SELECT r.rolname || ' makes temporary tables' FROM pg_roles r
                WHERE r.rolname LIKE 'scrutin\\_%'
                  AND has_database_privilege(r.oid, current_database(), 'TEMPORARY')
                """))
        .containsExactly("scrutin_reconcile makes temporary tables");
  }

  @Test
  void theRolesAreThoseOfTheFunctions() throws SQLException {
    assertThat(strings("SELECT rolname FROM pg_roles WHERE rolname LIKE 'scrutin\\_%'"))
        .containsExactlyInAnyOrderElementsOf(Roles.FUNCTIONS.stream().map(Roles::of).toList());
  }

  @Test
  void auditCannotRewriteItsTrail() throws SQLException {
    String vote = "decode(repeat('ab', 16), 'hex')";
    run("audit", "INSERT INTO audit.vote_audit VALUES (" + vote + ", 1, 'law', now(), NULL)");
    assertRefused("audit", "UPDATE audit.vote_audit SET step = 2");
    assertRefused("audit", "DELETE FROM audit.vote_audit");
    assertRefused("audit", "TRUNCATE audit.vote_audit");
    assertRefused("audit", "DELETE FROM audit.duplicate_attempts");
  }

  @Test
  void auditCannotRewriteADecisionOrChooseItsTime() throws SQLException {
    String vote = "decode(repeat('ef', 16), 'hex')";
    run("audit", "INSERT INTO audit.review_queue VALUES (" + vote + ", 'law', 'forged', now())");
    String insert =
        "INSERT INTO audit.review_decision (vote_id, decision, author%s) VALUES ("
            + vote
            + ", 'upheld', 'A. Clerk'%s)";
    run("audit", insert.formatted("", ""));
    assertRefused("audit", insert.formatted(", at", ", now()"));
    assertRefused("audit", "UPDATE audit.review_decision SET author = 'B'");
    assertRefused("audit", "DELETE FROM audit.review_decision");
  }

  @Test
  void auditCountsParticipationButDoesNotSeeWho() throws SQLException {
    run("audit", "SELECT count(*) FROM store.participation WHERE law_id = 'law'");
    run("audit", "SELECT law_id, count(*) FROM store.envelope GROUP BY law_id");
    assertRefused("audit", "SELECT tag FROM store.participation");
    assertRefused("audit", "SELECT vote_id FROM store.envelope");
  }

  @Test
  void tallyTakesEnvelopesThatOthersDoNotHold() throws SQLException {
    String vote = "decode(repeat('cd', 16), 'hex')";
    run(
        "store",
        "INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed) VALUES ('law', "
            + vote
            + ", 1, 'key', '\\x00')");
    run("tally", "SELECT id FROM store.envelope ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED");
    assertRefused("tally", "UPDATE store.envelope SET vote_id = vote_id");
    assertRefused("tally", "INSERT INTO store.envelope (law_id) VALUES ('law')");
    run("tally", "DELETE FROM store.envelope WHERE vote_id = " + vote);
  }

  @Test
  void storeCannotTakeBackAVote() {
    assertRefused("store", "DELETE FROM store.participation");
    assertRefused("store", "UPDATE store.participation SET vote_id = vote_id");
    assertRefused("store", "SELECT * FROM store.envelope");
  }

  @Test
  void reconcileReadsWhoVotedAndNoBallot() throws SQLException {
    run("reconcile", "SELECT tag, vote_id FROM store.participation");
    run("reconcile", "SELECT vote_id FROM store.envelope");
    assertRefused("reconcile", "SELECT sealed FROM store.envelope");
    assertRefused("reconcile", "SELECT * FROM store.envelope");
  }

  @Test
  void reconcileWritesNothingThatStays() {
    assertThatThrownBy(() -> run("reconcile", "CREATE TEMPORARY TABLE t (id int)"))
        .hasMessageContaining("read-only");
    assertRefused("reconcile", "SET TRANSACTION READ WRITE; DELETE FROM tally.tally");
    assertRefused("reconcile", "SET TRANSACTION READ WRITE; CREATE TABLE audit.t (id int)");
  }

  @Test
  void doorkeeperReadsWhenAndNotWhat() throws SQLException {
    run("doorkeeper", "SELECT law_id, opens_at, closes_at, state FROM contests.contest");
    assertRefused("doorkeeper", "SELECT definition FROM contests.contest");
    assertRefused("doorkeeper", "SELECT event FROM contests.outbox");
    assertRefused(
        "doorkeeper", "SET TRANSACTION READ WRITE; UPDATE contests.contest SET state = ''");
  }

  @Test
  void aCommitIsDurableForEachRole() throws SQLException {
    for (String function : Roles.FUNCTIONS) {
      try (Connection connection = as(Roles.of(function));
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SHOW synchronous_commit")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("on");
      }
    }
  }

  private static void assertRefused(String function, String sql) {
    assertThatThrownBy(() -> run(function, sql))
        .isInstanceOfSatisfying(
            SQLException.class,
            refusal -> assertThat(refusal.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
  }

  private static void run(String function, String sql) throws SQLException {
    try (Connection connection = as(Roles.of(function));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> strings(String select) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (Connection connection = as(PostgresServer.SUPERUSER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }

  private static Connection as(String user) throws SQLException {
    return DriverManager.getConnection(url, user, "");
  }
}
