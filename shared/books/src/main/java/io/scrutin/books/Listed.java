package io.scrutin.books;

import java.util.List;

/**
 * What is wrong in one way.
 *
 * @param total how many
 * @param ids the first {@link Balance#MOST_LISTED} of them
 */
record Listed(long total, List<String> ids) {
  static final Listed NONE = new Listed(0, List.of());

  Listed {
    ids = List.copyOf(ids);
    if (total < ids.size()) {
      throw new IllegalArgumentException("more are listed than there are");
    }
  }
}
