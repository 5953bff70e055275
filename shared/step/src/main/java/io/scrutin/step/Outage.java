package io.scrutin.step;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a dependency that is away from an event that breaks a step. */
final class Outage {
  /**
   * Classes of SQLSTATE that say nothing against the statement: 08 connection, 40 transaction
   * rolled back (deadlock, serialization), 53 insufficient resources (disk full, too many
   * connections), 57 operator intervention (shutdown, cancel), 58 system error.
   */
  private static final Set<String> SQLSTATE_CLASSES = Set.of("08", "40", "53", "57", "58");

  /**
   * Of other classes: 25006, a standby that has not been promoted yet, or a disk made read-only;
   * 25P03 and 25P04, a transaction that took longer than an operator allows, as it does on a slow
   * disk; 55P03, a lock that somebody else has.
   */
  private static final Set<String> SQLSTATES = Set.of("25006", "25P03", "25P04", "55P03");

  private Outage() {}

  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = next(cause)) {
      if (cause instanceof DependencyAway
          || cause instanceof IOException
          || cause instanceof SQLTransientException
          || cause instanceof SQLRecoverableException
          || cause instanceof SQLNonTransientConnectionException
          || cause instanceof SQLException sql && saysAway(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysAway(@Nullable String sqlState) {
    return sqlState != null
        && sqlState.length() == 5
        && (SQLSTATE_CLASSES.contains(sqlState.substring(0, 2)) || SQLSTATES.contains(sqlState));
  }

  private static @Nullable Throwable next(Throwable cause) {
    return cause.getCause() == cause ? null : cause.getCause();
  }
}
