package io.scrutin.results;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** {@code tally.tally}, which moves by whole groups of ballots. */
final class TallyTable {
  private static final String SELECT =
      "SELECT choice, votes, updated_at FROM tally.tally WHERE law_id = ?";

  private static final String COMPLETE =
      "SELECT EXISTS (SELECT law_id FROM tally.complete WHERE law_id = ?)";

  private static final String CERTIFIED =
      "SELECT EXISTS (SELECT law_id FROM contests.publication WHERE law_id = ?)";

  private final DataSource database;

  TallyTable(DataSource database) {
    this.database = database;
  }

  Tally read(String lawId) throws SQLException {
    Map<String, Long> votes = new HashMap<>();
    Instant updatedAt = null;
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      // Before the counts: the other way round, counts that moved since could be called final.
      boolean complete = is(COMPLETE, connection, lawId);
      boolean certified = is(CERTIFIED, connection, lawId);
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          votes.put(rows.getString(1), rows.getLong(2));
          updatedAt = later(updatedAt, rows.getObject(3, OffsetDateTime.class).toInstant());
        }
      }
      return new Tally(votes, updatedAt, complete, certified);
    }
  }

  private static boolean is(String question, Connection connection, String lawId)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(question)) {
      select.setString(1, lawId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }
}
