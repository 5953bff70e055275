package io.scrutin.audit;

import io.scrutin.audit.CheckProcessing.Observed;
import io.scrutin.audit.Processing.Lag;
import io.scrutin.event.Contest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what waits, oldest cast first, a bounded piece at a time: casts once seen to have an
 * outcome keep it, so each look starts where the last one found all before it done.
 */
final class Backlog {
  private static final int TIMEOUT_SECONDS = 5;

  /**
   * In one piece; at 8 million casts the first looks of a new process take it from piece to piece.
   */
  private static final int PIECE = 20_000;

  private static final int MOST_PIECES = 10;

  /** Batches are written out of order, by as much as one of them may take. */
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(2);

  private static final String LOOK =
      """
      SELECT min(at) FILTER (WHERE NOT ended), max(at), count(*)
      FROM (SELECT c.at, EXISTS (SELECT FROM audit.vote_audit o
          WHERE o.vote_id = c.vote_id AND o.step > 1) AS ended
        FROM audit.vote_audit c WHERE c.law_id = ? AND c.step = 1 AND c.at >= ?
        ORDER BY c.at LIMIT ?) piece
      """;

  private static final String LAG =
      """
      SELECT count(*)::int, percentile_cont(0.5) WITHIN GROUP (ORDER BY lag),
        percentile_cont(0.95) WITHIN GROUP (ORDER BY lag)
      FROM (SELECT greatest(0, extract(epoch FROM o.at - c.at)) AS lag
        FROM (SELECT vote_id, at FROM audit.vote_audit WHERE law_id = ? AND step = 1
          ORDER BY at DESC LIMIT 1000) c
        CROSS JOIN LATERAL (SELECT min(at) AS at FROM audit.vote_audit v
          WHERE v.vote_id = c.vote_id AND v.step > 1) o
        WHERE o.at IS NOT NULL) newest
      """;

  private final DataSource database;

  /** Bounded by the contests there are: who asks has looked the contest up. */
  private final Map<String, Instant> doneUntil = new ConcurrentHashMap<>();

  Backlog(DataSource database) {
    this.database = database;
  }

  Observed of(Contest contest) throws SQLException {
    try (Connection connection = database.getConnection()) {
      // Of one moment: a vote that came between two looks would wait in one and not in the other.
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      // Whatever is not committed is rolled back when it closes. To do so here would fail on a
      // connection that broke, and that failure would hide the one that says so.
      connection.setAutoCommit(false);
      Observed observed = observe(connection, contest.lawId());
      connection.commit();
      return observed;
    }
  }

  private Observed observe(Connection connection, String lawId) throws SQLException {
    return new Observed(
        Reports.stages(connection, lawId), oldest(connection, lawId), lag(connection, lawId));
  }

  private @Nullable Instant oldest(Connection connection, String lawId) throws SQLException {
    Instant from = doneUntil.getOrDefault(lawId, Instant.EPOCH);
    try (PreparedStatement select = connection.prepareStatement(LOOK)) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      for (int piece = 0; piece < MOST_PIECES; piece++) {
        select.setString(1, lawId);
        select.setObject(2, from.atOffset(ZoneOffset.UTC));
        select.setInt(3, PIECE);
        try (ResultSet row = select.executeQuery()) {
          row.next();
          OffsetDateTime waiting = row.getObject(1, OffsetDateTime.class);
          OffsetDateTime last = row.getObject(2, OffsetDateTime.class);
          if (waiting != null) {
            doneUntil.merge(lawId, waiting.toInstant().minus(OUT_OF_ORDER), Backlog::later);
            return waiting.toInstant();
          }
          if (last != null) {
            doneUntil.merge(lawId, last.toInstant().minus(OUT_OF_ORDER), Backlog::later);
            from = last.toInstant();
          }
          if (row.getInt(3) < PIECE) {
            return null;
          }
        }
      }
    }
    return null;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static @Nullable Lag lag(Connection connection, String lawId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAG)) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      select.setString(1, lawId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        int votes = row.getInt(1);
        return votes == 0 ? null : new Lag(votes, millis(row, 2), millis(row, 3));
      }
    }
  }

  private static double millis(ResultSet row, int column) throws SQLException {
    return Math.round(row.getDouble(column) * 1000) / 1000.0;
  }
}
