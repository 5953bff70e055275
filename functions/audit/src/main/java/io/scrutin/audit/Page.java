package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list, newest first.
 *
 * @param next what to ask for {@code after}; absent on the last page
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
record Page<T>(List<T> items, @Nullable String next) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;

  /**
   * @param lines one more than {@code limit} if there are that many, to know whether more follow
   */
  static <T> Page<T> of(List<T> lines, int limit, Function<T, Cursor> cursor) {
    if (lines.size() <= limit) {
      return new Page<>(List.copyOf(lines), null);
    }
    List<T> items = List.copyOf(lines.subList(0, limit));
    return new Page<>(items, cursor.apply(items.getLast()).toString());
  }
}
