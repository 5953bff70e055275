package io.scrutin.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table under READ COMMITTED, whose rows are locked by whoever writes them. */
final class Table<R> {
  /** As many digits as the last, so that they sort as numbers do. */
  private static final long FIRST_NUMBER = 1_000_000_000_000L;

  private final TreeMap<String, R> rows = new TreeMap<>();
  private final Map<String, Transaction> locks = new HashMap<>();
  private long numbers;

  /** The next of an identity column: taken for good, whatever becomes of the transaction. */
  String nextNumber() {
    return String.valueOf(FIRST_NUMBER + ++numbers);
  }

  /** What is committed. */
  Map<String, R> committed() {
    return rows;
  }

  void commit(String key, @Nullable R row) {
    if (row == null) {
      rows.remove(key);
    } else {
      rows.put(key, row);
    }
  }

  @Nullable Transaction holder(String key) {
    return locks.get(key);
  }

  void lock(String key, Transaction by) {
    locks.put(key, by);
  }

  void unlock(String key) {
    locks.remove(key);
  }

  List<String> keys() {
    return List.copyOf(rows.keySet());
  }
}
