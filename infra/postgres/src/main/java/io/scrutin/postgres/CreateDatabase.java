package io.scrutin.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** Makes a database on a server of one's own; on a cluster the platform does. */
public final class CreateDatabase {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final String DUPLICATE_DATABASE = "42P04";

  private CreateDatabase() {}

  /**
   * @param adminUrl another database of the same server
   */
  public static void ifAbsent(String adminUrl, String user, String password, String name)
      throws SQLException {
    // A name cannot be bound as a value.
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a database's name is of small letters, digits and '_'");
    }
    try (Connection connection = DriverManager.getConnection(adminUrl, user, password)) {
      if (!exists(connection, name)) {
        try (Statement create = connection.createStatement()) {
          create.execute("CREATE DATABASE " + name);
        } catch (SQLException failure) {
          if (!DUPLICATE_DATABASE.equals(failure.getSQLState())) {
            throw failure;
          }
        }
      }
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }
}
