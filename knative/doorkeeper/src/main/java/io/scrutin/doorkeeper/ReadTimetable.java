package io.scrutin.doorkeeper;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Asks Postgres when contests are. What it cannot read is an exception, never an empty timetable.
 */
final class ReadTimetable {
  /**
   * Contests of past years are not read. One row at least, so that the time and the outbox are told
   * also where there is no contest.
   */
  private static final String SELECT =
      """
      SELECT clock_timestamp(),
        EXISTS (SELECT FROM contests.outbox WHERE published_at IS NULL),
        c.law_id, c.state, c.opens_at, c.closes_at
      FROM (SELECT) AS always
      LEFT JOIN contests.contest c ON c.state NOT IN ('draft', 'published')
      ORDER BY c.law_id
      """;

  private ReadTimetable() {}

  static Timetable from(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("no row where there is always one");
      }
      Instant now = instant(rows, 1);
      boolean untold = rows.getBoolean(2);
      List<ContestTimes> contests = new ArrayList<>();
      do {
        if (rows.getString(3) != null) {
          contests.add(
              new ContestTimes(
                  rows.getString(3),
                  ContestTimes.State.of(rows.getString(4)),
                  instant(rows, 5),
                  instant(rows, 6)));
        }
      } while (rows.next());
      return new Timetable(now, contests, untold);
    } catch (IllegalArgumentException newer) {
      throw new SQLException("contests.contest holds what this version does not know", newer);
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
