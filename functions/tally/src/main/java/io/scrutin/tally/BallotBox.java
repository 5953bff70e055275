package io.scrutin.tally;

import io.scrutin.ballot.SchemeOne;
import io.scrutin.event.Bytes;
import io.scrutin.event.SealedChoice;
import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import javax.sql.DataSource;

/** Takes envelopes from store and puts ballots into the box, in one transaction. */
final class BallotBox {
  /**
   * An array, so that the group is chosen once. With {@code IN} Postgres may choose anew for each
   * row it looks at, as it did when the table had been empty a moment before: of 6,000 envelopes a
   * group took 16 s, and what is chosen after rows are gone is more than a group.
   */
  private static final String TAKE =
      """
      DELETE FROM store.envelope WHERE id = ANY (ARRAY(
        SELECT id FROM store.envelope WHERE law_id = ? AND key_id = ? AND scheme = ?
        ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED))
      RETURNING vote_id, scheme, key_id, sealed
      """;

  /**
   * What is left of a contest, all of it: another tally that had found too few has them in hand
   * until it lets go, and to skip these would open two handfuls instead of one.
   */
  private static final String TAKE_REST =
      """
      DELETE FROM store.envelope WHERE id = ANY (ARRAY(
        SELECT id FROM store.envelope WHERE law_id = ? AND key_id = ? AND scheme = ?
        ORDER BY id LIMIT ? FOR UPDATE))
      RETURNING vote_id, scheme, key_id, sealed
      """;

  private static final String LEFT =
      """
      SELECT count(*) FROM (
        SELECT FROM store.envelope WHERE law_id = ? AND key_id = ? AND scheme = ? LIMIT ?) AS rest
      """;

  private static final String DRAINED =
      "SELECT count(drained_at) FROM contests.contest WHERE law_id = ?";

  private static final String FILL =
      "INSERT INTO tally.ballot_box (law_id, choice) SELECT ?, unnest(?::text[])";

  /** In the order of the key, so that two tallies wait for each other instead of deadlocking. */
  private static final String ADD =
      """
      INSERT INTO tally.tally AS t (law_id, choice, votes, updated_at)
      SELECT ?, c.choice, c.votes, now() FROM unnest(?::text[], ?::int[]) AS c(choice, votes)
      ORDER BY c.choice
      ON CONFLICT (law_id, choice)
      DO UPDATE SET votes = t.votes + excluded.votes, updated_at = excluded.updated_at
      """;

  private static final String SPOIL =
      """
      INSERT INTO tally.spoiled (vote_id, law_id, reason, at)
      SELECT s.vote_id, ?, s.reason, now() FROM unnest(?::bytea[], ?::text[]) AS s(vote_id, reason)
      ON CONFLICT DO NOTHING
      """;

  private static final String COUNTED =
      "SELECT coalesce(sum(votes), 0) FROM tally.tally WHERE law_id = ?";

  private final DataSource database;

  BallotBox(DataSource database) {
    this.database = database;
  }

  /**
   * Separates one group: its envelopes are gone and its ballots in the box when this returns, or
   * nothing has changed.
   *
   * @return how many ballots of the law are counted now; nothing when too few waited
   */
  OptionalLong separate(
      String lawId, String keyId, GroupSize size, Function<List<Envelope>, Count> open)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      // Whatever is not committed is rolled back when it closes. To do so here would fail on a
      // connection that broke, and that failure would hide the one that says so.
      connection.setAutoCommit(false);
      String taking = size.smallest() == 1 ? TAKE_REST : TAKE;
      List<Envelope> group = take(connection, taking, lawId, keyId, size.largest());
      if (group.size() < size.smallest() || group.isEmpty()) {
        connection.rollback();
        return OptionalLong.empty();
      }
      if (group.size() == size.largest() && leavesTooFew(connection, lawId, keyId, size)) {
        group.addAll(take(connection, taking, lawId, keyId, size.leastLeft()));
      }
      put(connection, lawId, open.apply(group));
      long counted = number(connection, COUNTED, lawId);
      connection.commit();
      return OptionalLong.of(counted);
    }
  }

  /** Whether no envelope of this contest can come any more. */
  boolean isDrained(String lawId) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return number(connection, DRAINED, lawId) > 0;
    }
  }

  private static List<Envelope> take(
      Connection connection, String taking, String lawId, String keyId, int largest)
      throws SQLException {
    List<Envelope> group = new ArrayList<>();
    try (PreparedStatement take = connection.prepareStatement(taking)) {
      take.setString(1, lawId);
      take.setString(2, keyId);
      // Of another scheme: left to a tally that knows it, rather than in the way of all others.
      take.setInt(3, SchemeOne.NUMBER);
      take.setInt(4, largest);
      try (ResultSet rows = take.executeQuery()) {
        while (rows.next()) {
          SealedChoice sealed =
              new SealedChoice(rows.getInt(2), rows.getString(3), Bytes.of(rows.getBytes(4)));
          group.add(new Envelope(lawId, VoteId.of(rows.getBytes(1)), sealed));
        }
      }
    }
    return group;
  }

  private static boolean leavesTooFew(
      Connection connection, String lawId, String keyId, GroupSize size) throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(LEFT)) {
      count.setString(1, lawId);
      count.setString(2, keyId);
      count.setInt(3, SchemeOne.NUMBER);
      count.setInt(4, size.leastLeft());
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1) < size.leastLeft();
      }
    }
  }

  private static void put(Connection connection, String lawId, Count count) throws SQLException {
    String[] choices = count.votes().keySet().toArray(String[]::new);
    Integer[] votes = count.votes().values().toArray(Integer[]::new);
    byte[][] spoiledIds =
        count.spoiled().stream().map(s -> s.voteId().bytes().toArray()).toArray(byte[][]::new);
    String[] reasons = count.spoiled().stream().map(Count.Spoiled::reason).toArray(String[]::new);
    try (PreparedStatement fill = connection.prepareStatement(FILL);
        PreparedStatement add = connection.prepareStatement(ADD);
        PreparedStatement spoil = connection.prepareStatement(SPOIL)) {
      fill.setString(1, lawId);
      fill.setArray(2, connection.createArrayOf("text", count.box().toArray(String[]::new)));
      fill.executeUpdate();
      add.setString(1, lawId);
      add.setArray(2, connection.createArrayOf("text", choices));
      add.setArray(3, connection.createArrayOf("int4", votes));
      add.executeUpdate();
      if (spoiledIds.length > 0) {
        spoil.setString(1, lawId);
        spoil.setArray(2, connection.createArrayOf("bytea", spoiledIds));
        spoil.setArray(3, connection.createArrayOf("text", reasons));
        spoil.executeUpdate();
      }
    }
  }

  private static long number(Connection connection, String sql, String lawId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, lawId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
