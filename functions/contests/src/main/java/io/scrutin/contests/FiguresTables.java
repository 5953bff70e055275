package io.scrutin.contests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What others have written about a contest, counted. */
final class FiguresTables {
  private static final String VOTES = "SELECT choice, votes FROM tally.tally WHERE law_id = ?";

  private static final String COUNTS =
      """
      SELECT
        (SELECT count(*) FROM tally.spoiled WHERE law_id = l.id),
        (SELECT count(*) FROM store.participation WHERE law_id = l.id),
        (SELECT count(*) FROM store.envelope WHERE law_id = l.id),
        (SELECT coalesce(sum(size), 0) FROM roll.roll WHERE law_id = l.id),
        EXISTS (SELECT 1 FROM roll.roll WHERE law_id = l.id AND complete_at IS NOT NULL)
      FROM (VALUES (?)) AS l(id)
      """;

  private final DataSource database;

  FiguresTables(DataSource database) {
    this.database = database;
  }

  /** In one snapshot: figures of different moments would differ although nothing is wrong. */
  Figures read(String lawId) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (PreparedStatement votes = connection.prepareStatement(VOTES);
          PreparedStatement counts = connection.prepareStatement(COUNTS)) {
        votes.setString(1, lawId);
        SortedMap<String, Long> byChoice = new TreeMap<>();
        try (ResultSet rows = votes.executeQuery()) {
          while (rows.next()) {
            byChoice.put(rows.getString(1), rows.getLong(2));
          }
        }
        counts.setString(1, lawId);
        try (ResultSet row = counts.executeQuery()) {
          row.next();
          return new Figures(
              byChoice,
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getLong(4),
              row.getBoolean(5));
        }
      } finally {
        connection.rollback();
      }
    }
  }
}
