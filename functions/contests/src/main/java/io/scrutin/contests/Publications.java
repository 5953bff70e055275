package io.scrutin.contests;

import io.scrutin.event.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/** The certified results. */
final class Publications {
  private static final String SELECT =
      "SELECT document, signature FROM contests.publication WHERE law_id = ?";

  private static final String INSERT =
      "INSERT INTO contests.publication (law_id, document, signature, published_at)"
          + " VALUES (?, ?, ?, ?)";

  private final DataSource database;

  Publications(DataSource database) {
    this.database = database;
  }

  Optional<Publication> find(String lawId) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Publication(Bytes.of(rows.getBytes(1)), Bytes.of(rows.getBytes(2))))
            : Optional.empty();
      }
    }
  }

  /** In the transaction that makes the contest a published one. */
  static void insert(Connection connection, String lawId, Publication publication, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, lawId);
      insert.setBytes(2, publication.document().toArray());
      insert.setBytes(3, publication.signature().toArray());
      insert.setTimestamp(4, Timestamp.from(now));
      insert.executeUpdate();
    }
  }
}
