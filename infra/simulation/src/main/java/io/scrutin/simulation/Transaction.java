package io.scrutin.simulation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What one connection has written and nobody else sees yet. */
final class Transaction {
  /** A row as this transaction leaves it; nothing once it is deleted. */
  private static final class Written<R> {
    final Table<R> table;
    final String key;
    @Nullable R row;

    Written(Table<R> table, String key) {
      this.table = table;
      this.key = key;
    }

    void commit() {
      table.commit(key, row);
    }

    void release() {
      table.unlock(key);
    }
  }

  private final Map<Table<?>, Map<String, Written<?>>> writes = new LinkedHashMap<>();
  private final List<Thread> waiting = new ArrayList<>();
  private @Nullable Transaction waitsFor;
  private @Nullable Thread self;
  private boolean over;

  @SuppressWarnings("unchecked")
  private <R> @Nullable Written<R> written(Table<R> table, String key) {
    return (Written<R>) writes.getOrDefault(table, Map.of()).get(key);
  }

  /** The row as this transaction sees it. */
  <R> @Nullable R read(Table<R> table, String key) {
    Written<R> own = written(table, key);
    return own != null ? own.row : table.committed().get(key);
  }

  /** Waits for whoever wrote the row to end, and then has it alone. */
  void lock(Table<?> table, String key) throws SQLException {
    for (Transaction holder = table.holder(key);
        holder != null && holder != this;
        holder = table.holder(key)) {
      waitsFor = holder;
      if (isInACircle()) {
        waitsFor = null;
        throw new SQLException("deadlock detected", "40P01");
      }
      self = Thread.currentThread();
      holder.waiting.add(self);
      LockSupport.park();
      self = null;
      waitsFor = null;
      if (over) {
        throw new SQLException("terminating connection", "57P01");
      }
    }
    table.lock(key, this);
    own(table, key);
  }

  private <R> void own(Table<R> table, String key) {
    writes
        .computeIfAbsent(table, _ -> new LinkedHashMap<>())
        .computeIfAbsent(
            key,
            _ -> {
              Written<R> fresh = new Written<>(table, key);
              fresh.row = table.committed().get(key);
              return fresh;
            });
  }

  private boolean isInACircle() {
    Transaction next = waitsFor;
    for (int steps = 0; next != null && steps < 1_000; steps++) {
      if (next == this) {
        return true;
      }
      next = next.waitsFor;
    }
    return false;
  }

  /** Locks it first. */
  <R> void write(Table<R> table, String key, @Nullable R row) throws SQLException {
    lock(table, key);
    Written<R> own = written(table, key);
    if (own != null) {
      own.row = row;
    }
  }

  void commit() {
    if (!over) {
      writes.values().forEach(rows -> rows.values().forEach(Written::commit));
    }
    end();
  }

  void rollBack() {
    end();
  }

  boolean isOver() {
    return over;
  }

  private void end() {
    over = true;
    writes.values().forEach(rows -> rows.values().forEach(Written::release));
    writes.clear();
    List<Thread> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(LockSupport::unpark);
    if (self != null) {
      LockSupport.unpark(self);
    }
  }
}
