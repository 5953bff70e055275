package io.scrutin.standalone;

import io.scrutin.event.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What Postgres holds, asked as its owner. */
final class Books {
  private final DataSource owner;

  Books(DataSource owner) {
    this.owner = owner;
  }

  long number(String sql) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  Instant closesAt(String lawId) {
    return Instant.ofEpochMilli(
        number(
            "SELECT (extract(epoch FROM closes_at) * 1000)::bigint FROM contests.contest"
                + " WHERE law_id = '"
                + lawId
                + "'"));
  }

  long participations() {
    return number("SELECT count(*) FROM store.participation");
  }

  long ballots() {
    return number("SELECT count(*) FROM tally.ballot_box");
  }

  long envelopes() {
    return number("SELECT count(*) FROM store.envelope");
  }

  Map<String, Long> tally() throws SQLException {
    Map<String, Long> votes = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT choice, votes FROM tally.tally")) {
      while (rows.next()) {
        votes.put(rows.getString(1), rows.getLong(2));
      }
    }
    return votes;
  }

  /** Counted again from the box, without the tally. */
  Map<String, Long> recount() throws SQLException {
    Map<String, Long> votes = new TreeMap<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT choice FROM tally.ballot_box")) {
      while (rows.next()) {
        votes.merge(rows.getString(1), 1L, Long::sum);
      }
    }
    return votes;
  }

  Set<String> recordedVoteIds() throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT vote_id FROM store.participation")) {
      while (rows.next()) {
        ids.add(Bytes.of(rows.getBytes(1)).hex());
      }
    }
    return ids;
  }

  /** How many of these votes have the outcome of that step in audit's trail. */
  long withOutcome(Set<String> voteIds, int step) throws SQLException {
    byte[][] ids = voteIds.stream().map(id -> Bytes.ofHex(id).toArray()).toArray(byte[][]::new);
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*) FROM audit.vote_audit WHERE step = ? AND vote_id = ANY (?)")) {
      select.setInt(1, step);
      select.setArray(2, connection.createArrayOf("bytea", ids));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
