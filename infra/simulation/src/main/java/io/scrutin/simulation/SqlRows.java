package io.scrutin.simulation;

import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as JDBC reads them. */
final class SqlRows {
  private static final Facade<ResultSet, SqlRows> RESULTS =
      Facade.<ResultSet, SqlRows>of(ResultSet.class)
          .answering("next", (read, _) -> ++read.row < read.rows.size())
          .answering("getString", SqlRows::value)
          .answering("getBytes", SqlRows::value)
          .answering("getInt", (read, call) -> read.number(call).intValue())
          .answering("getLong", (read, call) -> read.number(call).longValue())
          .answering("getBoolean", (read, call) -> Boolean.TRUE.equals(read.value(call)))
          .answering("getTimestamp", (read, call) -> Timestamp.from(read.moment(call)))
          .answering("getObject", SqlRows::as)
          .answering("close", (_, _) -> null);

  private final List<List<@Nullable Object>> rows;
  private int row = -1;

  private SqlRows(List<List<@Nullable Object>> rows) {
    this.rows = rows;
  }

  static ResultSet of(List<List<@Nullable Object>> rows) {
    return RESULTS.before(new SqlRows(rows));
  }

  private @Nullable Object value(Object[] call) {
    return rows.get(row).get((Integer) call[0] - 1);
  }

  private Number number(Object[] call) {
    Object value = value(call);
    return value == null ? 0 : (Number) value;
  }

  private Instant moment(Object[] call) {
    return (Instant) Objects.requireNonNull(value(call));
  }

  private @Nullable Object as(Object[] call) {
    return value(call) instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : value(call);
  }
}
