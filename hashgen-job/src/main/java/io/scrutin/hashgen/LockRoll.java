package io.scrutin.hashgen;

import java.sql.SQLException;

/** Its turn at a law's roll, and a word to whoever watches when that takes a while. */
final class LockRoll {
  private LockRoll() {}

  static void lock(RollTables tables, String lawId, Console console) throws SQLException {
    if (!tables.tryLock(lawId)) {
      console.say(lawId + ": another load or rebuild is at work on it, waiting for its end");
      tables.lock(lawId);
    }
  }
}
