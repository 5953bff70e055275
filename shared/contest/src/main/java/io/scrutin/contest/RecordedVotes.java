package io.scrutin.contest;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** The votes that are recorded, read from store's table: what a refusal must be sure of. */
public final class RecordedVotes {
  /** A voter in a contest. */
  public record Voter(String lawId, Tag tag) {}

  private static final String SELECT =
      """
      SELECT p.law_id, p.tag, p.vote_id FROM unnest(?::text[], ?::bytea[]) AS asked(law_id, tag)
      JOIN store.participation p ON p.law_id = asked.law_id AND p.tag = asked.tag
      """;

  private final DataSource database;

  public RecordedVotes(DataSource database) {
    this.database = database;
  }

  /** Those of these voters who have one, with its id. */
  public Map<Voter, VoteId> of(Collection<Voter> voters) throws SQLException {
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
