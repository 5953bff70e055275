package io.scrutin.audit;

import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the books say of a contest. */
final class Reports {
  private static final String STAGES = "SELECT step, count FROM audit.turnout WHERE law_id = ?";

  private static final String ROLL = "SELECT size FROM roll.roll WHERE law_id = ?";

  private static final String QUEUE =
      """
      SELECT vote_id, at, reason FROM audit.review_queue
      WHERE law_id = ? AND (at, vote_id) < (?, ?) ORDER BY at DESC, vote_id DESC LIMIT ?
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

  Reports(DataSource database) {
    this.database = database;
  }

  Turnout turnout(String lawId) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<Stage, Long> counts = counts(connection, lawId);
      Long rollSize = rollSize(connection, lawId);
      long recorded = counts.getOrDefault(Stage.RECORDED, 0L);
      return new Turnout(
          lawId,
          counts.getOrDefault(Stage.CAST, 0L),
          recorded,
          counts.getOrDefault(Stage.DUPLICATED, 0L),
          counts.getOrDefault(Stage.REJECTED, 0L),
          counts.getOrDefault(Stage.PARKED, 0L),
          rollSize,
          Turnout.percent(recorded, rollSize));
    }
  }

  private static Map<Stage, Long> counts(Connection connection, String lawId) throws SQLException {
    Map<Stage, Long> counts = new EnumMap<>(Stage.class);
    try (PreparedStatement select = connection.prepareStatement(STAGES)) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          counts.put(Stage.of(rows.getInt(1)), rows.getLong(2));
        }
      }
    }
    return counts;
  }

  private static @Nullable Long rollSize(Connection connection, String lawId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ROLL)) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getObject(1, Long.class) : null;
      }
    }
  }

  Page<ReviewLine> reviewQueue(String lawId, Optional<Cursor> after, int limit)
      throws SQLException {
    return page(
        QUEUE,
        lawId,
        after,
        limit,
        row -> new ReviewLine(voteId(row).toString(), row.getString(3), at(row)),
        line -> new Cursor(line.at(), VoteId.parse(line.requestId())));
  }

  Page<DuplicateLine> duplicates(String lawId, Optional<Cursor> after, int limit)
      throws SQLException {
    return page(
        DUPLICATES,
        lawId,
        after,
        limit,
        row -> new DuplicateLine(voteId(row).toString(), row.getInt(3), at(row)),
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

  private static Instant at(ResultSet row) throws SQLException {
    return row.getObject(2, OffsetDateTime.class).toInstant();
  }
}
