package io.scrutin.audit;

import io.scrutin.audit.ReviewLine.Decision;
import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the books list of a contest, newest first and page by page. */
final class Lists {
  private static final String QUEUE =
      """
      SELECT q.vote_id, q.at, q.reason, d.decision, d.author, d.note, d.at
      FROM audit.review_queue q LEFT JOIN LATERAL (
        SELECT decision, author, note, at FROM audit.review_decision
        WHERE vote_id = q.vote_id ORDER BY id DESC LIMIT 1) d ON true
      WHERE q.law_id = ? AND (q.at, q.vote_id) < (?, ?)
      ORDER BY q.at DESC, q.vote_id DESC LIMIT ?
      """;

  private static final String DUPLICATES =
      """
      SELECT vote_id, at, attempt FROM audit.duplicate_attempts
      WHERE law_id = ? AND (at, vote_id) < (?, ?) ORDER BY at DESC, vote_id DESC LIMIT ?
      """;

  /** Nothing is stamped later than this, so a page after it is the first. */
  private static final Cursor BEFORE_THE_NEWEST =
      new Cursor(
          Instant.parse("9999-01-01T00:00:00Z"), VoteId.parse("00000000000000000000000000000000"));

  private interface Line<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final DataSource database;

  Lists(DataSource database) {
    this.database = database;
  }

  Page<ReviewLine> reviewQueue(String lawId, Optional<Cursor> after, int limit)
      throws SQLException {
    return page(
        QUEUE,
        lawId,
        after,
        limit,
        row -> new ReviewLine(voteId(row).toString(), row.getString(3), at(row, 2), decision(row)),
        line -> new Cursor(line.at(), VoteId.parse(line.requestId())));
  }

  Page<DuplicateLine> duplicates(String lawId, Optional<Cursor> after, int limit)
      throws SQLException {
    return page(
        DUPLICATES,
        lawId,
        after,
        limit,
        row -> new DuplicateLine(voteId(row).toString(), row.getInt(3), at(row, 2)),
        line -> new Cursor(line.at(), VoteId.parse(line.requestId())));
  }

  private <T> Page<T> page(
      String sql,
      String lawId,
      Optional<Cursor> after,
      int limit,
      Line<T> line,
      Function<T, Cursor> cursor)
      throws SQLException {
    Cursor start = after.orElse(BEFORE_THE_NEWEST);
    List<T> lines = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, lawId);
      select.setObject(2, start.at().atOffset(ZoneOffset.UTC));
      select.setBytes(3, start.voteId().bytes().toArray());
      select.setInt(4, limit + 1);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          lines.add(line.read(rows));
        }
      }
    }
    return Page.of(lines, limit, cursor);
  }

  private static VoteId voteId(ResultSet row) throws SQLException {
    return VoteId.of(row.getBytes(1));
  }

  private static @Nullable Decision decision(ResultSet row) throws SQLException {
    String decision = row.getString(4);
    return decision == null
        ? null
        : new Decision(decision, row.getString(5), row.getString(6), at(row, 7));
  }

  private static Instant at(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
