package io.scrutin.contests;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the books of a contest say.
 *
 * @param differences none when they balance
 * @param figures what was compared, by name
 */
record BooksRead(List<String> differences, SortedMap<String, Long> figures) {
  BooksRead {
    differences = List.copyOf(differences);
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }
}
