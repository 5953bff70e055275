package io.scrutin.contests;

import io.scrutin.console.Surroundings;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** What the books say of a contest, in the words that publishing uses. */
final class ReadBooks {
  private ReadBooks() {}

  static Function<String, BooksRead> of(Surroundings surroundings) {
    return _ -> new BooksRead(List.of(), new TreeMap<>());
  }
}
