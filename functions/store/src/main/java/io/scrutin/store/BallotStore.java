package io.scrutin.store;

import io.scrutin.event.Tag;
import io.scrutin.event.VoteAccepted;
import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/** {@code store.participation} and {@code store.envelope}, written together or not at all. */
final class BallotStore {
  /** Only the winner of the key leaves an envelope, so a replay cannot add a second one. */
  private static final String INSERT =
      """
      WITH batch AS (
        SELECT * FROM unnest(?::text[], ?::bytea[], ?::bytea[], ?::smallint[], ?::text[], ?::bytea[])
          WITH ORDINALITY AS b(law_id, tag, vote_id, scheme, key_id, sealed, position)
      ), won AS (
        INSERT INTO store.participation (law_id, tag, vote_id)
        SELECT law_id, tag, vote_id FROM batch ORDER BY position
        ON CONFLICT DO NOTHING
        RETURNING law_id, tag, vote_id
      ), enclosed AS (
        INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)
        SELECT b.law_id, b.vote_id, b.scheme, b.key_id, b.sealed
        FROM batch b JOIN won ON won.law_id = b.law_id AND won.tag = b.tag
      )
      SELECT law_id, tag, vote_id FROM won
      """;

  private static final String STANDING =
      """
      SELECT p.law_id, p.tag, p.vote_id FROM unnest(?::text[], ?::bytea[]) AS asked(law_id, tag)
      JOIN store.participation p ON p.law_id = asked.law_id AND p.tag = asked.tag
      """;

  /** Seldom any, and asked by their index. */
  private static final String DISCARDED =
      "SELECT vote_id FROM audit.parked_discard WHERE vote_id = ANY (?::bytea[])";

  /**
   * @param standing the vote that stands for each voter of a batch
   * @param discarded those of the batch that a person gave up before
   */
  record Recorded(Map<Voter, VoteId> standing, Set<VoteId> discarded) {}

  private final DataSource database;

  BallotStore(DataSource database) {
    this.database = database;
  }

  /** The vote that stands for each voter once those that may stand have been inserted. */
  Recorded record(List<VoteAccepted> batch) throws SQLException {
    try (Connection connection = database.getConnection()) {
      // Whatever is not committed is rolled back when it closes. To do so here would fail on a
      // connection that broke, and that failure would hide the one that says so.
      connection.setAutoCommit(false);
      Set<VoteId> discarded = discarded(connection, batch);
      Map<Voter, VoteId> standing = insert(connection, RecordVotes.candidates(batch, discarded));
      // READ COMMITTED: a new statement sees the row that the insert ran into.
      List<VoteAccepted> lost =
          batch.stream().filter(vote -> !standing.containsKey(Voter.of(vote))).toList();
      if (!lost.isEmpty()) {
        standing.putAll(standing(connection, lost));
      }
      connection.commit();
      return new Recorded(standing, discarded);
    }
  }

  private static Set<VoteId> discarded(Connection connection, List<VoteAccepted> votes)
      throws SQLException {
    Set<VoteId> discarded = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(DISCARDED)) {
      array(select, 1, "bytea", votes, byte[][]::new, vote -> vote.voteId().bytes().toArray());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          discarded.add(VoteId.of(rows.getBytes(1)));
        }
      }
    }
    return discarded;
  }

  private static Map<Voter, VoteId> insert(Connection connection, Collection<VoteAccepted> votes)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      array(insert, 1, "text", votes, String[]::new, VoteAccepted::lawId);
      array(insert, 2, "bytea", votes, byte[][]::new, vote -> vote.tag().bytes().toArray());
      array(insert, 3, "bytea", votes, byte[][]::new, vote -> vote.voteId().bytes().toArray());
      array(insert, 4, "smallint", votes, Short[]::new, vote -> (short) vote.sealed().scheme());
      array(insert, 5, "text", votes, String[]::new, vote -> vote.sealed().keyId());
      array(insert, 6, "bytea", votes, byte[][]::new, vote -> vote.sealed().bytes().toArray());
      return read(insert);
    }
  }

  private static Map<Voter, VoteId> standing(Connection connection, Collection<VoteAccepted> votes)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STANDING)) {
      array(select, 1, "text", votes, String[]::new, VoteAccepted::lawId);
      array(select, 2, "bytea", votes, byte[][]::new, vote -> vote.tag().bytes().toArray());
      return read(select);
    }
  }

  private static Map<Voter, VoteId> read(PreparedStatement statement) throws SQLException {
    Map<Voter, VoteId> votes = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        votes.put(
            new Voter(rows.getString(1), Tag.of(rows.getBytes(2))), VoteId.of(rows.getBytes(3)));
      }
    }
    return votes;
  }

  private static <T> void array(
      PreparedStatement statement,
      int position,
      String type,
      Collection<VoteAccepted> votes,
      IntFunction<T[]> newArray,
      Function<VoteAccepted, T> column)
      throws SQLException {
    T[] values = votes.stream().map(column).toArray(newArray);
    statement.setArray(position, statement.getConnection().createArrayOf(type, values));
  }
}
