package io.scrutin.contest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * One clock for all who decide over the tables whether a contest is over. That of an officer's
 * machine, or of one function of many, may be minutes off: an end that it sets would have passed
 * before anybody knows of it, and what is withheld until the end would be shown before.
 */
public final class PostgresTime {
  private static final String NOW = "SELECT clock_timestamp()";

  private PostgresTime() {}

  public static Instant on(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NOW);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}
