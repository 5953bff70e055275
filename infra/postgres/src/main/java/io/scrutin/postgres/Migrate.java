package io.scrutin.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings a database to the present schema. A command, never a part of a function's start. */
public final class Migrate {
  /** The functions that have a role, {@code scrutin_<function>}. */
  public static final List<String> FUNCTIONS =
      List.of("contests", "verify", "dedup", "store", "tally", "results", "audit");

  private Migrate() {}

  /** For the Kubernetes Job: everything comes from the environment. */
  public static void main(String[] arguments) throws SQLException {
    Map<String, String> environment = System.getenv();
    migrate(
        required(environment, "SCRUTIN_POSTGRES_URL"),
        required(environment, "SCRUTIN_POSTGRES_OWNER"),
        required(environment, "SCRUTIN_POSTGRES_OWNER_PASSWORD"));
    for (String function : FUNCTIONS) {
      String password = environment.get("SCRUTIN_PASSWORD_" + function.toUpperCase(java.util.Locale.ROOT));
      if (password != null) {
        setPassword(
            required(environment, "SCRUTIN_POSTGRES_URL"),
            required(environment, "SCRUTIN_POSTGRES_OWNER"),
            required(environment, "SCRUTIN_POSTGRES_OWNER_PASSWORD"),
            function,
            password);
      }
    }
  }

  /** Applied twice, it changes nothing. */
  public static void migrate(String jdbcUrl, String owner, String ownerPassword) {
    Flyway.configure()
        .dataSource(jdbcUrl, owner, ownerPassword)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  /** Lets a function in; its password is no part of the migrations' history. */
  public static void setPassword(
      String jdbcUrl, String owner, String ownerPassword, String function, String password)
      throws SQLException {
    if (!FUNCTIONS.contains(function)) {
      throw new IllegalArgumentException(function + " has no role");
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl, owner, ownerPassword);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "ALTER ROLE scrutin_%s PASSWORD %s"
              .formatted(function, statement.enquoteLiteral(password)));
    }
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " must be set");
    }
    return value;
  }
}
