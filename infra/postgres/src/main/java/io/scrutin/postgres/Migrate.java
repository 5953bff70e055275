package io.scrutin.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;

/**
 * Brings the schema up to date. A command, run by {@code up} or as a Kubernetes Job: never at the
 * start of a function, whose role could not and should not.
 */
public final class Migrate {
  private static final String LOCATION = "classpath:io/scrutin/postgres/migrations";

  private Migrate() {}

  /**
   * Harmless when there is nothing to do, and when two do it at once.
   *
   * @param rolePasswords by function; set each time, so that passwords are changed by running this
   *     again. A role that is not named keeps what it has: a new one has none and, unless the
   *     server trusts everybody, cannot log in.
   * @return how many migrations were applied
   */
  public static int migrate(
      String jdbcUrl, String user, String password, Map<String, String> rolePasswords)
      throws SQLException {
    int applied =
        Flyway.configure()
            .dataSource(jdbcUrl, user, password)
            .locations(LOCATION)
            .defaultSchema("migrations")
            .cleanDisabled(true)
            .load()
            .migrate()
            .migrationsExecuted;
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      setPasswords(connection, rolePasswords);
    }
    return applied;
  }

  private static void setPasswords(Connection connection, Map<String, String> rolePasswords)
      throws SQLException {
    connection.setAutoCommit(false);
    try (Statement lock = connection.createStatement()) {
      // Postgres refuses to change one role in two transactions at the same time.
      lock.execute("SELECT pg_advisory_xact_lock(hashtext('scrutin role passwords'))");
    }
    for (Map.Entry<String, String> rolePassword : rolePasswords.entrySet()) {
      // Hashed here: the server, and so its log, never gets to see the password itself.
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(
              Roles.of(rolePassword.getKey()),
              rolePassword.getValue().toCharArray(),
              "scram-sha-256");
    }
    connection.commit();
  }

  /** For the Job: what it needs is in the environment, the passwords are in a mounted secret. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Map<String, String> environment = System.getenv();
    String url = required(environment, "SCRUTIN_POSTGRES_URL");
    String owner = required(environment, "SCRUTIN_POSTGRES_OWNER");
    Path passwords = Path.of(required(environment, "SCRUTIN_POSTGRES_PASSWORDS_DIR"));
    Map<String, String> rolePasswords = new TreeMap<>();
    for (String function : Roles.FUNCTIONS) {
      rolePasswords.put(function, secret(passwords.resolve(function)));
    }
    int applied = migrate(url, owner, secret(passwords.resolve("owner")), rolePasswords);
    System.out.println("schema up to date, " + applied + " migrations applied");
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("the environment variable " + name + " is missing");
    }
    return value;
  }

  private static String secret(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
