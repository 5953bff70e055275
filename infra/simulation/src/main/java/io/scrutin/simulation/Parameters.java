package io.scrutin.simulation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement's parameters, in order from 0: single values, or a column of an {@code unnest}. */
record Parameters(List<Object> values) {
  int rows() {
    return values.isEmpty() ? 0 : ((Object[]) values.getFirst()).length;
  }

  private @Nullable Object cell(int column, int row) {
    return ((Object[]) values.get(column))[row];
  }

  String text(int column, int row) {
    return String.valueOf(cell(column, row));
  }

  byte[] bytes(int column, int row) {
    Object value = cell(column, row);
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    throw new IllegalArgumentException("no bytes in column " + column);
  }

  int number(int column, int row) {
    Object value = cell(column, row);
    return value instanceof Number number ? number.intValue() : 0;
  }

  Instant time(int column, int row) {
    return Instant.parse(text(column, row));
  }

  String text(int column) {
    return (String) values.get(column);
  }

  int number(int column) {
    return ((Number) values.get(column)).intValue();
  }

  int length(int column) {
    return ((Object[]) values.get(column)).length;
  }
}
