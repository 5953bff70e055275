package io.scrutin.audit;

import io.scrutin.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into audit's tables as their owner. */
record AuditTables(TestDatabase database) {
  private static final List<String> ALL =
      List.of(
          "vote_audit",
          "attempt_counter",
          "duplicate_attempts",
          "review_queue",
          "turnout",
          "turnout_hour",
          "refusal",
          "contest_log");

  /** Every row of every table. */
  List<String> content() throws SQLException {
    List<String> content = new ArrayList<>();
    for (String table : ALL) {
      content.addAll(
          rows("SELECT '" + table + "' || t::text FROM audit." + table + " t ORDER BY t::text"));
    }
    return content;
  }

  /** The first column of what it selects. */
  List<String> rows(String select) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(select)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  void run(String sql) throws SQLException {
    database.run(sql);
  }

  /** What should be empty: numbers that are not 2, 3, … of each voter, and counters behind them. */
  List<String> gaps() throws SQLException {
    return rows(
        """
        SELECT law_id || ' ' || encode(tag, 'hex') || ' ' || array_agg(attempt ORDER BY attempt)::text
        FROM audit.duplicate_attempts JOIN audit.attempt_counter USING (law_id, tag)
        GROUP BY law_id, tag, last
        HAVING min(attempt) <> 2 OR max(attempt) <> last
          OR count(*) <> last - 1 OR count(DISTINCT attempt) <> last - 1
        """);
  }

  /** What should be empty: counts that are not what the trail has. */
  List<String> miscounts() throws SQLException {
    return rows(
        """
        SELECT law_id || ' ' || step FROM audit.turnout t FULL JOIN (
          SELECT law_id, step, count(*) AS rows, max(at) AS latest
          FROM audit.vote_audit GROUP BY law_id, step) trail USING (law_id, step)
        WHERE count IS DISTINCT FROM rows OR last_at IS DISTINCT FROM latest
        UNION ALL
        SELECT law_id || ' ' || hour || ' ' || step FROM audit.turnout_hour t FULL JOIN (
          SELECT law_id, date_trunc('hour', at, 'UTC') AS hour, step, count(*) AS rows
          FROM audit.vote_audit GROUP BY 1, 2, 3) trail USING (law_id, hour, step)
        WHERE count IS DISTINCT FROM rows
        UNION ALL
        SELECT law_id || ' ' || reason FROM audit.refusal r FULL JOIN (
          SELECT law_id, detail AS reason, count(*) AS rows
          FROM audit.vote_audit WHERE step = 4 GROUP BY 1, 2) trail USING (law_id, reason)
        WHERE count IS DISTINCT FROM rows
        """);
  }
}
