package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.Cast;
import io.scrutin.chaos.JoinChoices.Row;
import io.scrutin.event.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The orders in which somebody with all of Postgres and the streams finds the recorded votes of a
 * contest, and those in which they find the rows of its box.
 */
final class KnownOrders {
  private static final String TRAIL =
      "SELECT p.vote_id FROM store.participation p JOIN audit.vote_audit a"
          + " ON a.vote_id = p.vote_id AND a.step = %d WHERE p.law_id = ? ORDER BY %s";

  private static final Map<String, String> VOTES = votes();

  private static final Map<String, String> BOX =
      Map.of("its rows", "ctid", "its transactions", "xmin::text::bigint, ctid");

  /** Whatever else stood in a row could be joined with something. */
  private static final Set<String> COLUMNS_OF_THE_BOX = Set.of("law_id", "choice");

  private final DataSource owner;

  KnownOrders(DataSource owner) {
    this.owner = owner;
  }

  private static Map<String, String> votes() {
    String recorded = "SELECT vote_id FROM store.participation WHERE law_id = ? ORDER BY ";
    Map<String, String> votes = new LinkedHashMap<>();
    votes.put("rows of the participations", recorded + "ctid");
    votes.put("transactions of the participations", recorded + "xmin::text::bigint, ctid");
    votes.put("vote ids", recorded + "vote_id");
    votes.put("tags", recorded + "tag");
    votes.put("times of the casts", TRAIL.formatted(1, "a.at, a.vote_id"));
    votes.put("times of being recorded", TRAIL.formatted(2, "a.at, a.vote_id"));
    votes.put("rows of the trail", TRAIL.formatted(2, "a.ctid"));
    return votes;
  }

  /**
   * Vote ids, by what they are ordered by.
   *
   * @param casts as the stream has them
   */
  Map<String, List<String>> votes(String lawId, List<Cast> casts) throws SQLException {
    Map<String, List<String>> orders = new LinkedHashMap<>();
    Set<String> recorded = new HashSet<>();
    for (Map.Entry<String, String> order : VOTES.entrySet()) {
      List<String> voteIds = voteIds(order.getValue(), lawId);
      orders.put(order.getKey(), voteIds);
      recorded.addAll(voteIds);
    }
    Set<String> inStream = new LinkedHashSet<>();
    casts.stream().map(Cast::voteId).filter(recorded::contains).forEach(inStream::add);
    orders.put("messages of the stream", List.copyOf(inStream));
    return orders;
  }

  Map<String, List<Row>> box(String lawId) throws SQLException {
    Map<String, List<Row>> orders = new LinkedHashMap<>();
    for (Map.Entry<String, String> order : BOX.entrySet()) {
      orders.put(order.getKey(), rows(order.getValue(), lawId));
    }
    return orders;
  }

  private List<Row> rows(String order, String lawId) throws SQLException {
    String sql =
        "SELECT xmin::text, choice FROM tally.ballot_box WHERE law_id = ? ORDER BY " + order;
    return ask(sql, lawId, row -> new Row(row.getString(1), row.getString(2)));
  }

  private List<String> voteIds(String sql, String lawId) throws SQLException {
    return ask(sql, lawId, row -> Bytes.of(row.getBytes(1)).hex());
  }

  /**
   * Transactions that put a ballot into the box and name a voter or a vote elsewhere. As sets: row
   * by row, an hour's votes took an hour to look through.
   */
  List<String> sharedTransactions(String lawId) throws SQLException {
    return ask(
        """
        SELECT xmin::text FROM tally.ballot_box WHERE law_id = ?
        INTERSECT
        (SELECT xmin::text FROM store.participation UNION SELECT xmin::text FROM audit.vote_audit)
        """,
        lawId,
        row -> lawId + ": transaction " + row.getString(1) + " is of ballots and of voters");
  }

  List<String> unexpectedColumns() throws SQLException {
    return ask(
            "SELECT column_name FROM information_schema.columns"
                + " WHERE table_schema = 'tally' AND table_name = ?",
            "ballot_box",
            row -> row.getString(1))
        .stream()
        .filter(column -> !COLUMNS_OF_THE_BOX.contains(column))
        .map(column -> "the box has " + column + ", which can be joined")
        .toList();
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> ask(String sql, String about, RowReader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, about);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
    }
    return found;
  }
}
