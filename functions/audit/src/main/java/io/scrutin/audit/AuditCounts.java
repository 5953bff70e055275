package io.scrutin.audit;

import io.scrutin.audit.Note.OfVote;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Counts what is new in the trail. */
final class AuditCounts {
  private static final String REFUSALS =
      """
      INSERT INTO audit.refusal AS refusal (law_id, reason, count)
      SELECT law_id, reason, count(*) FROM unnest(?::text[], ?::text[]) AS added(law_id, reason)
      GROUP BY law_id, reason ORDER BY law_id, reason
      ON CONFLICT (law_id, reason) DO UPDATE SET count = refusal.count + excluded.count
      """;

  /** In UTC, whatever the session's time zone: some are off by half an hour. */
  private static final String HOURS =
      """
      INSERT INTO audit.turnout_hour AS known (law_id, hour, step, count)
      SELECT law_id, date_trunc('hour', at, 'UTC'), step, count(*)
      FROM unnest(?::text[], ?::int[], ?::timestamptz[]) AS added(law_id, step, at)
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
      ON CONFLICT (law_id, hour, step) DO UPDATE SET count = known.count + excluded.count
      """;

  private static final String TURNOUT =
      """
      INSERT INTO audit.turnout AS turnout (law_id, step, count, last_at)
      SELECT law_id, step, count(*), max(at)
      FROM unnest(?::text[], ?::int[], ?::timestamptz[]) AS added(law_id, step, at)
      GROUP BY law_id, step ORDER BY law_id, step
      ON CONFLICT (law_id, step) DO UPDATE SET count = turnout.count + excluded.count,
        last_at = greatest(turnout.last_at, excluded.last_at)
      """;

  private AuditCounts() {}

  /**
   * Called last in a batch, since every batch of a law wants the same rows; the fewer such rows a
   * table has, the later it comes.
   *
   * @param fresh new in the trail in this transaction
   */
  static void add(Connection connection, List<OfVote> fresh) throws SQLException {
    List<OfVote> rejected = fresh.stream().filter(note -> note.stage() == Stage.REJECTED).toList();
    if (!rejected.isEmpty()) {
      try (PreparedStatement upsert = connection.prepareStatement(REFUSALS)) {
        new Columns<>(upsert, rejected).text(OfVote::lawId).text(OfVote::reason);
        upsert.executeUpdate();
      }
    }
    count(connection, HOURS, fresh);
    count(connection, TURNOUT, fresh);
  }

  private static void count(Connection connection, String sql, List<OfVote> fresh)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      new Columns<>(upsert, fresh)
          .text(OfVote::lawId)
          .number(note -> note.stage().number())
          .time(OfVote::at);
      upsert.executeUpdate();
    }
  }
}
