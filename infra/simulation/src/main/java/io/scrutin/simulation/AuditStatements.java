package io.scrutin.simulation;

import io.scrutin.event.VoteId;
import io.scrutin.simulation.Statement.Context;
import io.scrutin.simulation.Tables.AttemptRow;
import io.scrutin.simulation.Tables.TrailRow;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What audit says to Postgres. */
final class AuditStatements {
  static final List<Statement> ALL =
      List.of(
          new Statement("trail", "INSERT INTO audit.vote_audit", true, AuditStatements::trail),
          new Statement(
              "counters", "INSERT INTO audit.attempt_counter", true, AuditStatements::counters),
          new Statement(
              "attempts", "INSERT INTO audit.duplicate_attempts", true, AuditStatements::attempts),
          new Statement("queue", "INSERT INTO audit.review_queue", true, AuditStatements::queue),
          new Statement("log", "INSERT INTO audit.contest_log", true, AuditStatements::log),
          new Statement("refusals", "INSERT INTO audit.refusal", true, AuditStatements::refusals),
          new Statement("hours", "INSERT INTO audit.turnout_hour", true, AuditStatements::hours),
          new Statement("turnout", "INSERT INTO audit.turnout AS", true, AuditStatements::turnout));

  private AuditStatements() {}

  private static String vote(byte[] voteId) {
    return Tables.key(VoteId.of(voteId));
  }

  private static List<List<@Nullable Object>> trail(Context in, Parameters given)
      throws SQLException {
    Table<TrailRow> table = in.tables().trail;
    List<List<@Nullable Object>> added = new ArrayList<>();
    for (int i : inOrder(given)) {
      String key = vote(given.bytes(0, i)) + "|" + given.number(1, i);
      in.transaction().lock(table, key);
      if (in.transaction().read(table, key) == null) {
        TrailRow row =
            new TrailRow(
                given.bytes(0, i),
                given.number(1, i),
                given.text(2, i),
                given.time(3, i),
                given.text(4, i));
        in.transaction().write(table, key, row);
        added.add(Arrays.asList(given.bytes(0, i), given.number(1, i)));
      }
    }
    return added;
  }

  /** As its ORDER BY says. */
  private static List<Integer> inOrder(Parameters given) {
    Map<String, Integer> order = new TreeMap<>();
    for (int i = 0; i < given.rows(); i++) {
      order.put(vote(given.bytes(0, i)) + "|" + given.number(1, i), i);
    }
    return List.copyOf(order.values());
  }

  private static List<List<@Nullable Object>> counters(Context in, Parameters given)
      throws SQLException {
    Table<Integer> table = in.tables().counters;
    Map<String, Integer> order = new TreeMap<>();
    for (int i = 0; i < given.rows(); i++) {
      order.put(Tables.key(given.text(0, i), given.bytes(1, i)), i);
    }
    List<List<@Nullable Object>> advanced = new ArrayList<>();
    for (Map.Entry<String, Integer> counter : order.entrySet()) {
      int i = counter.getValue();
      in.transaction().lock(table, counter.getKey());
      int before = Objects.requireNonNullElse(in.transaction().read(table, counter.getKey()), 1);
      in.transaction().write(table, counter.getKey(), before + given.number(2, i));
      advanced.add(Arrays.asList(given.text(0, i), given.bytes(1, i), before + given.number(2, i)));
    }
    return advanced;
  }

  private static List<List<@Nullable Object>> attempts(Context in, Parameters given)
      throws SQLException {
    for (int i = 0; i < given.rows(); i++) {
      String key = vote(given.bytes(0, i));
      in.transaction().lock(in.tables().attempts, key);
      if (in.transaction().read(in.tables().attempts, key) != null) {
        throw new SQLException("duplicate key", "23505");
      }
      AttemptRow attempt = new AttemptRow(given.text(1, i), given.bytes(2, i), given.number(3, i));
      in.transaction().write(in.tables().attempts, key, attempt);
    }
    return List.of();
  }

  private static List<List<@Nullable Object>> queue(Context in, Parameters given)
      throws SQLException {
    for (int i = 0; i < given.rows(); i++) {
      String key = vote(given.bytes(0, i));
      in.transaction().lock(in.tables().reviews, key);
      if (in.transaction().read(in.tables().reviews, key) == null) {
        in.transaction().write(in.tables().reviews, key, given.text(2, i));
      }
    }
    return List.of();
  }

  private static List<List<@Nullable Object>> log(Context in, Parameters given)
      throws SQLException {
    for (int i = 0; i < given.rows(); i++) {
      String key = given.text(0, i) + "|" + given.text(1, i) + "|" + given.text(2, i);
      in.transaction().write(in.tables().contestLog, key, true);
    }
    return List.of();
  }

  private static List<List<@Nullable Object>> refusals(Context in, Parameters given)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < given.rows(); i++) {
      counts.merge("refusal|" + given.text(0, i) + "|" + given.text(1, i), 1L, Long::sum);
    }
    return add(in, counts);
  }

  private static List<List<@Nullable Object>> hours(Context in, Parameters given)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < given.rows(); i++) {
      String hour = given.time(2, i).truncatedTo(ChronoUnit.HOURS).toString();
      counts.merge(
          "hour|" + given.text(0, i) + "|" + hour + "|" + given.number(1, i), 1L, Long::sum);
    }
    return add(in, counts);
  }

  private static List<List<@Nullable Object>> turnout(Context in, Parameters given)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < given.rows(); i++) {
      counts.merge("turnout|" + given.text(0, i) + "|" + given.number(1, i), 1L, Long::sum);
    }
    return add(in, counts);
  }

  private static List<List<@Nullable Object>> add(Context in, Map<String, Long> counts)
      throws SQLException {
    Table<Long> table = in.tables().counts;
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      in.transaction().lock(table, count.getKey());
      long before = Objects.requireNonNullElse(in.transaction().read(table, count.getKey()), 0L);
      in.transaction().write(table, count.getKey(), before + count.getValue());
    }
    return List.of();
  }
}
