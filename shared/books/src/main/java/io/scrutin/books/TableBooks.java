package io.scrutin.books;

import io.scrutin.books.Figures.OfChoice;
import io.scrutin.books.Figures.OfStep;
import io.scrutin.event.Contest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the tables of one contest hold, all of it read in one snapshot. */
final class TableBooks {
  private static final String BALLOTS =
      """
      SELECT
        (SELECT count(*) FROM store.participation WHERE law_id = asked.law_id),
        (SELECT count(*) FROM store.envelope WHERE law_id = asked.law_id),
        (SELECT count(*) FROM tally.ballot_box WHERE law_id = asked.law_id),
        (SELECT count(*) FROM tally.spoiled WHERE law_id = asked.law_id)
      FROM (SELECT ?::text) AS asked(law_id)
      """;

  /** Of the box every ballot is looked at; of the tally, what it says. */
  private static final String RECOUNT =
      """
      SELECT choice, sum(in_box)::bigint, sum(in_tally)::bigint FROM (
        SELECT choice, 1 AS in_box, 0 AS in_tally FROM tally.ballot_box WHERE law_id = ?
        UNION ALL
        SELECT choice, 0, votes FROM tally.tally WHERE law_id = ?
      ) AS counted
      GROUP BY choice ORDER BY choice
      """;

  private static final String ROLL =
      """
      SELECT r.size, r.complete_at IS NOT NULL,
        (SELECT count(*) FROM roll.voter v WHERE v.roll = r.number)
      FROM roll.roll r WHERE r.law_id = ?
      """;

  private static final String STEPS =
      """
      SELECT step, coalesce(r.rows, 0), coalesce(t.count, 0)
      FROM (SELECT step, count(*) AS rows FROM audit.vote_audit WHERE law_id = ? GROUP BY step) r
      FULL JOIN (SELECT step, count FROM audit.turnout WHERE law_id = ?) t USING (step)
      ORDER BY step
      """;

  /** Nobody is judged by a roll that is still loading. */
  private static final Set<Discrepancy> OF_ROLL =
      EnumSet.of(Discrepancy.STRANGER, Discrepancy.KNOWN_AFTER_ALL);

  private static final String ATTEMPTS =
      "SELECT count(*) FROM audit.duplicate_attempts WHERE law_id = ?";

  private final Connection connection;
  private final Contest contest;
  private final int law;

  /**
   * @param law what stands for the contest in the temporary tables
   */
  TableBooks(Connection connection, Contest contest, int law) {
    this.connection = connection;
    this.contest = contest;
    this.law = law;
  }

  Balance.Ballots ballots() throws SQLException {
    try (PreparedStatement select = prepare(BALLOTS);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Balance.Ballots(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
  }

  List<OfChoice> choices() throws SQLException {
    List<OfChoice> choices = new ArrayList<>();
    try (PreparedStatement select = prepare(RECOUNT);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        choices.add(new OfChoice(rows.getString(1), rows.getLong(2), rows.getLong(3)));
      }
    }
    return choices;
  }

  Figures.Roll roll() throws SQLException {
    try (PreparedStatement select = prepare(ROLL);
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? new Figures.Roll(Optional.of(row.getLong(1)), row.getBoolean(2), row.getLong(3))
          : new Figures.Roll(Optional.empty(), false, 0);
    }
  }

  Figures.Trail trail(long recorded) throws SQLException {
    List<OfStep> steps = new ArrayList<>();
    try (PreparedStatement select = prepare(STEPS);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        steps.add(new OfStep(rows.getInt(1), rows.getLong(2), rows.getLong(3)));
      }
    }
    try (PreparedStatement select = prepare(ATTEMPTS);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new Figures.Trail(recorded, row.getLong(1), steps);
    }
  }

  /** Everything that is found by comparing ids, except on a roll that nobody may judge by yet. */
  Map<Discrepancy, Listed> listed(boolean rollComplete) throws SQLException {
    Map<Discrepancy, Listed> listed = new EnumMap<>(Discrepancy.class);
    for (Map.Entry<Discrepancy, String> check : IdChecks.ALL.entrySet()) {
      if (rollComplete || !OF_ROLL.contains(check.getKey())) {
        listed.put(check.getKey(), listed(check.getValue()));
      }
    }
    return listed;
  }

  /** Votes without an answer that may be on their way. */
  Listed pending() throws SQLException {
    return listed("SELECT vote_id FROM books_vote WHERE law = :law AND " + VoteStates.PENDING);
  }

  /** The total comes with each row, so that counting and listing cannot disagree. */
  private Listed listed(String check) throws SQLException {
    String sql =
        "SELECT encode(vote_id, 'hex'), count(*) OVER () FROM ("
            + check
            + ") AS wrong(vote_id) ORDER BY vote_id LIMIT "
            + Balance.MOST_LISTED;
    List<String> ids = new ArrayList<>();
    long total = 0;
    try (PreparedStatement select = prepare(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
        total = rows.getLong(2);
      }
    }
    return new Listed(total, ids);
  }

  /** {@code :law} stands for the number in the temporary tables, {@code ?} for the law's id. */
  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql.replace(":law", Integer.toString(law)));
    int parameters = statement.getParameterMetaData().getParameterCount();
    for (int parameter = 1; parameter <= parameters; parameter++) {
      statement.setString(parameter, contest.lawId());
    }
    return statement;
  }
}
