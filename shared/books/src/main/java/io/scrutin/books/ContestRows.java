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

/** The contests that there are, and what time it is where they are kept. */
final class ContestRows {
  private static final String CONTESTS =
      "SELECT definition, closes_at FROM contests.contest WHERE state <> 'draft' ORDER BY law_id";

  private ContestRows() {}

  static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  static List<Contest> all(Connection connection) throws SQLException {
    EventCodec codec = new EventCodec();
    List<Contest> contests = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CONTESTS)) {
      while (rows.next()) {
        Instant closesAt = rows.getObject(2, OffsetDateTime.class).toInstant();
        contests.add(codec.readContest(rows.getString(1)).closingAt(closesAt));
      }
    } catch (EventCodec.MalformedEvent malformed) {
      throw new BooksAway("contests.contest holds an unreadable definition", malformed);
    }
    return contests;
  }
}
