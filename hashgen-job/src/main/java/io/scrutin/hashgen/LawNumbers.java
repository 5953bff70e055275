package io.scrutin.hashgen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The laws of one file, numbered as they are met. */
final class LawNumbers {
  static final int MAX = 1_000;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> laws = new ArrayList<>();

  /** Nothing for one law too many. */
  synchronized OptionalInt of(String lawId) {
    @Nullable Integer known = numbers.get(lawId);
    if (known != null) {
      return OptionalInt.of(known);
    }
    if (laws.size() == MAX) {
      return OptionalInt.empty();
    }
    numbers.put(lawId, laws.size());
    laws.add(lawId);
    return OptionalInt.of(laws.size() - 1);
  }

  synchronized List<String> all() {
    return List.copyOf(laws);
  }
}
