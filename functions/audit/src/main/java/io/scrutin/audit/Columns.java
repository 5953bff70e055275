package io.scrutin.audit;

import io.scrutin.event.Bytes;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Rows on their way into {@code unnest}: one parameter for each column, in order. */
final class Columns<R> {
  /** A column that may be empty. */
  interface Sparse<R> {
    @Nullable String of(R row);
  }

  private final PreparedStatement statement;
  private final Collection<R> rows;
  private int position;

  Columns(PreparedStatement statement, Collection<R> rows) {
    this.statement = statement;
    this.rows = rows;
  }

  Columns<R> text(Sparse<R> column) throws SQLException {
    return array("text", rows.stream().map(column::of).toArray(String[]::new));
  }

  Columns<R> time(Function<R, Instant> column) throws SQLException {
    return array("timestamptz", values(row -> column.apply(row).toString(), String[]::new));
  }

  /** As byte[][]: of an array of objects pgjdbc refuses byte arrays. */
  Columns<R> bytes(Function<R, Bytes> column) throws SQLException {
    return array("bytea", values(row -> column.apply(row).toArray(), byte[][]::new));
  }

  Columns<R> number(Function<R, Integer> column) throws SQLException {
    return array("int4", values(column, Integer[]::new));
  }

  private <T> T[] values(Function<R, T> column, IntFunction<T[]> newArray) {
    return rows.stream().map(column).toArray(newArray);
  }

  private Columns<R> array(String type, Object[] values) throws SQLException {
    position++;
    statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    return this;
  }
}
