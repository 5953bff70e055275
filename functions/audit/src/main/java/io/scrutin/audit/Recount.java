package io.scrutin.audit;

import io.scrutin.audit.Figures.OfChoice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Counts what the tables of a contest hold. */
final class Recount {
  /** The longest that counting eight million rows may take. */
  private static final int TIMEOUT_SECONDS = 12;

  private static final String TOTALS =
      """
      SELECT
        (SELECT count(*) FROM store.participation p WHERE p.law_id = asked.law_id),
        (SELECT count(*) FROM store.envelope e WHERE e.law_id = asked.law_id),
        (SELECT count(*) FROM tally.ballot_box b WHERE b.law_id = asked.law_id),
        (SELECT count(*) FROM tally.spoiled s WHERE s.law_id = asked.law_id),
        (SELECT coalesce(sum(t.count), 0) FROM audit.turnout t
          WHERE t.law_id = asked.law_id AND t.step = ?)
      FROM (SELECT ?::text) AS asked(law_id)
      """;

  private static final String CHOICES =
      """
      SELECT choice, coalesce(box.ballots, 0), coalesce(tally.votes, 0)
      FROM (SELECT choice, count(*) AS ballots FROM tally.ballot_box WHERE law_id = ?
        GROUP BY choice) box
      FULL JOIN (SELECT choice, votes FROM tally.tally WHERE law_id = ?) tally USING (choice)
      ORDER BY choice
      """;

  private final DataSource database;

  Recount(DataSource database) {
    this.database = database;
  }

  /** In one snapshot: figures of different moments would differ although nothing is wrong. */
  Figures of(String lawId) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      // Whatever is not committed is rolled back when it closes. To do so here would fail on a
      // connection that broke, and that failure would hide the one that says so.
      connection.setAutoCommit(false);
      Figures figures = read(connection, lawId);
      connection.commit();
      return figures;
    }
  }

  private static Figures read(Connection connection, String lawId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TOTALS)) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      select.setInt(1, Stage.RECORDED.number());
      select.setString(2, lawId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Figures(
            row.getLong(1),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            choices(connection, lawId));
      }
    }
  }

  private static List<OfChoice> choices(Connection connection, String lawId) throws SQLException {
    List<OfChoice> choices = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(CHOICES)) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      select.setString(1, lawId);
      select.setString(2, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          choices.add(new OfChoice(rows.getString(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return choices;
  }
}
