package io.scrutin.books;

import io.scrutin.event.Contest;
import io.scrutin.event.EventCodec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The contests that there are. */
final class ContestRows {
  private static final String CONTESTS =
      """
      SELECT c.definition, c.closes_at,
        EXISTS (SELECT FROM contests.publication p WHERE p.law_id = c.law_id)
      FROM contests.contest c WHERE c.state <> 'draft' ORDER BY c.law_id
      """;

  /**
   * @param published whether its result is certified: its casts may then be purged
   */
  record Known(Contest contest, boolean published) {
    String lawId() {
      return contest.lawId();
    }
  }

  private ContestRows() {}

  static List<Known> all(Connection connection) throws SQLException {
    EventCodec codec = new EventCodec();
    List<Known> contests = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CONTESTS)) {
      while (rows.next()) {
        Instant closesAt = rows.getObject(2, OffsetDateTime.class).toInstant();
        Contest contest = codec.readContest(rows.getString(1)).closingAt(closesAt);
        contests.add(new Known(contest, rows.getBoolean(3)));
      }
    } catch (EventCodec.MalformedEvent malformed) {
      throw new BooksAway("contests.contest holds an unreadable definition", malformed);
    }
    return contests;
  }
}
