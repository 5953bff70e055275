package io.scrutin.books;

import io.scrutin.books.BrokerPosition.Purge;
import io.scrutin.event.Contest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One row a vote id, with everything that is said of it anywhere. */
final class VoteStates {
  private static final String CAST = "(in_stream OR purged)";

  static final String ANSWERED = "(recorded OR duplicated OR refused OR late)";

  /** Neither answered nor in a person's hands. */
  private static final String LEFT =
      CAST + " AND NOT " + ANSWERED + " AND NOT parked AND NOT discarded";

  static final String PENDING = LEFT + " AND on_way";

  static final String LOST = LEFT + " AND NOT on_way";

  /**
   * A vote may count when one of its casts was in time. "Too late" is then no answer to it: it was
   * said to a retry, and the other cast is still to be answered. The broker's own stamps are the
   * truth; the trail's copy of the first is asked only where that cast is purged.
   *
   * <p>A vote is discarded when what it was parked as last is: parked again, somewhere else or
   * after a rewind, it waits for a person again.
   */
  private static final String FILL =
      """
      INSERT INTO books_vote
      SELECT :law, vote_id, c.first_seq IS NOT NULL,
        c.first_seq IS NULL AND coalesce(t.gone, false), coalesce(c.first_seq <= :floor, false),
        t.noted_at IS NOT NULL, i.in_time,
        coalesce(t.recorded, false), coalesce(t.duplicated, false), coalesce(t.refused, false),
        coalesce(t.late, false) AND NOT i.in_time,
        (coalesce(t.parked, false) OR p.discarded IS NOT NULL) AND NOT g.given_up, g.given_up,
        w.on_way IS NOT NULL
      FROM (
        SELECT vote_id, min(seq) AS first_seq,
          bool_or(at_micros BETWEEN :opens AND :closes - 1) AS in_time
        FROM books_cast WHERE law = :law GROUP BY vote_id) c
      FULL JOIN (
        SELECT *, noted_at < :purged AS gone, noted_at BETWEEN :opens AND :closes - 1 AS in_time
        FROM (
          SELECT vote_id,
            (extract(epoch FROM min(at) FILTER (WHERE step = 1)) * 1000000)::bigint AS noted_at,
            bool_or(step = 2) AS recorded, bool_or(step = 3) AS duplicated,
            bool_or(step = 4 AND detail NOT IN ('too_late', 'too_early')) AS refused,
            bool_or(step = 4 AND detail IN ('too_late', 'too_early')) AS late,
            bool_or(step = 5) AS parked
          FROM audit.vote_audit WHERE law_id = ? GROUP BY vote_id) AS noted) t USING (vote_id)
      FULL JOIN (
        SELECT DISTINCT ON (vote_id) vote_id, discarded FROM books_parked WHERE law = :law
        ORDER BY vote_id, seq DESC) p
        USING (vote_id)
      LEFT JOIN (
        SELECT DISTINCT vote_id, true AS known FROM audit.parked_discard
        WHERE vote_id IS NOT NULL) d USING (vote_id)
      LEFT JOIN (SELECT DISTINCT vote_id, true AS on_way FROM books_way) w USING (vote_id)
      CROSS JOIN LATERAL (
        SELECT coalesce(c.in_time, false) OR coalesce(t.gone AND t.in_time, false)) AS i(in_time)
      CROSS JOIN LATERAL (SELECT coalesce(p.discarded, d.known, false)) AS g(given_up)
      """;

  /** What became of a vote counts once, the strongest first, as its voter is told. */
  private static final String VOTES =
      "SELECT count(*) FILTER (WHERE "
          + CAST
          + "), count(*) FILTER (WHERE "
          + CAST
          + " AND recorded), count(*) FILTER (WHERE "
          + CAST
          + " AND duplicated AND NOT recorded), count(*) FILTER (WHERE "
          + CAST
          + " AND (refused OR late) AND NOT recorded AND NOT duplicated), count(*) FILTER (WHERE "
          + PENDING
          + "), count(*) FILTER (WHERE "
          + CAST
          + " AND NOT "
          + ANSWERED
          + " AND parked), count(*) FILTER (WHERE "
          + CAST
          + " AND NOT "
          + ANSWERED
          + " AND discarded), count(*) FILTER (WHERE "
          + LOST
          + "), count(*) FILTER (WHERE due), count(*) FILTER (WHERE due AND noted),"
          + " count(*) FILTER (WHERE purged) FROM books_vote WHERE law = :law";

  private static final String RECORDED =
      """
      SELECT count(*) FROM store.participation p
      JOIN books_vote b ON b.law = :law AND b.vote_id = p.vote_id
      WHERE p.law_id = ? AND (b.recorded OR b.on_way)
      """;

  private final Connection connection;
  private final Contest contest;
  private final int law;

  VoteStates(Connection connection, Contest contest, int law) {
    this.connection = connection;
    this.contest = contest;
    this.law = law;
  }

  /**
   * To be called once, when the temporary tables hold what the broker has.
   *
   * @param goneBefore of older casts the trail alone may know
   */
  void fill(BrokerPosition position, Instant goneBefore) throws SQLException {
    String sql =
        FILL.replace(":floor", Long.toString(position.floor(Durable.AUDIT_CAST)))
            .replace(":purged", Long.toString(micros(goneBefore)))
            .replace(":opens", Long.toString(micros(contest.opensAt())))
            .replace(":closes", Long.toString(micros(contest.closesAt())));
    try (PreparedStatement insert = prepare(sql)) {
      insert.setString(1, contest.lawId());
      insert.executeUpdate();
    }
    VoteTable.measure(connection, "books_vote");
  }

  Figures.Casts casts(BrokerPosition position, Purge purge, long unaccounted) throws SQLException {
    try (PreparedStatement select = prepare(VOTES);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Figures.Casts(
          new Balance.Votes(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getLong(4),
              row.getLong(5),
              row.getLong(6),
              row.getLong(7),
              row.getLong(8)),
          row.getLong(9),
          row.getLong(10),
          position.onTheWay(),
          purge.purgedTo(),
          row.getLong(11),
          unaccounted);
    }
  }

  /** Participations that the trail calls recorded, or is about to. */
  long recorded() throws SQLException {
    try (PreparedStatement select = prepare(RECORDED)) {
      select.setString(1, contest.lawId());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql.replace(":law", Integer.toString(law)));
  }

  /** What lies before or after all time is as far away as a number can say. */
  static long micros(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return Long.MAX_VALUE;
    }
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond())
        + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
  }
}
