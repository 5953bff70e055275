package io.scrutin.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
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

  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,3}");

  /** The limit that was asked for; nothing when it is no limit. */
  static OptionalInt limit(Optional<String> asked) {
    if (asked.isEmpty()) {
      return OptionalInt.of(DEFAULT_LIMIT);
    }
    int limit = LIMIT.matcher(asked.get()).matches() ? Integer.parseInt(asked.get()) : 0;
    return limit < 1 || limit > MAX_LIMIT ? OptionalInt.empty() : OptionalInt.of(limit);
  }

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
