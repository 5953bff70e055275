package io.scrutin.dedup;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import io.scrutin.event.VoteVerified;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The votes that are recorded, read from store's table. */
final class RecordedVotes {
  /** A voter in a contest. */
  record Voter(String lawId, Tag tag) {
    static Voter of(VoteVerified vote) {
      return new Voter(vote.lawId(), vote.tag());
    }
  }

  private static final String SELECT =
      """
      SELECT p.law_id, p.tag, p.vote_id FROM unnest(?::text[], ?::bytea[]) AS asked(law_id, tag)
      JOIN store.participation p ON p.law_id = asked.law_id AND p.tag = asked.tag
      """;

  private final DataSource database;

  RecordedVotes(DataSource database) {
    this.database = database;
  }

  Map<Voter, VoteId> of(List<Voter> voters) throws SQLException {
    if (voters.isEmpty()) {
      return Map.of();
    }
    String[] laws = voters.stream().map(Voter::lawId).toArray(String[]::new);
    byte[][] tags =
        voters.stream().map(voter -> voter.tag().bytes().toArray()).toArray(byte[][]::new);
    Map<Voter, VoteId> recorded = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("text", laws));
      select.setArray(2, connection.createArrayOf("bytea", tags));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Voter voter = new Voter(rows.getString(1), Tag.of(rows.getBytes(2)));
          recorded.put(voter, VoteId.of(rows.getBytes(3)));
        }
      }
    }
    return recorded;
  }
}
