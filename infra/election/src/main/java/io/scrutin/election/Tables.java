package io.scrutin.election;

import io.scrutin.event.Bytes;
import io.scrutin.event.Tag;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What Postgres holds of the contest, asked as the owner of the schema. */
public final class Tables {
  private final DataSource owner;
  private final String lawId;

  public Tables(DataSource owner, String lawId) {
    this.owner = owner;
    this.lawId = lawId;
  }

  /**
   * @param sql in which one {@code ?} stands for the law
   */
  public long number(String sql) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, lawId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Vote id and tag of everybody who has voted. */
  public Map<String, String> participations() throws SQLException {
    Map<String, String> tags = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT vote_id, tag FROM store.participation WHERE law_id = ?")) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          tags.put(Bytes.of(rows.getBytes(1)).hex(), Bytes.of(rows.getBytes(2)).hex());
        }
      }
    }
    return tags;
  }

  /** The ballots themselves, counted one by one. */
  public Map<String, Long> recount() throws SQLException {
    Map<String, Long> votes = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT choice FROM tally.ballot_box WHERE law_id = ?")) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          votes.merge(rows.getString(1), 1L, Long::sum);
        }
      }
    }
    return votes;
  }

  public Map<String, Long> tally() throws SQLException {
    Map<String, Long> votes = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT choice, votes FROM tally.tally WHERE law_id = ?")) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          votes.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return votes;
  }

  public boolean isOnRoll(Tag tag) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT 1 FROM roll.voter v JOIN roll.roll r ON r.number = v.roll"
                    + " WHERE r.law_id = ? AND v.tag = ?")) {
      select.setString(1, lawId);
      select.setBytes(2, tag.bytes().toArray());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }
}
