package io.scrutin.audit;

import io.scrutin.audit.RefusalCounts.OfReason;
import io.scrutin.audit.Stages.Seen;
import io.scrutin.audit.TurnoutByHour.Hour;
import io.scrutin.contest.PostgresTime;
import io.scrutin.event.Contest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the books say of a contest. */
final class Reports {
  private static final String STAGES =
      "SELECT step, count, last_at FROM audit.turnout WHERE law_id = ?";

  private static final String HOURS =
      """
      SELECT hour, count FROM audit.turnout_hour WHERE law_id = ? AND step = ?
      ORDER BY hour LIMIT ?
      """;

  /** More than a year: a contest is never so long, and what is stamped after it is no vote. */
  private static final int MOST_HOURS = 10_000;

  private static final String REFUSALS =
      "SELECT reason, count FROM audit.refusal WHERE law_id = ? ORDER BY count DESC, reason LIMIT ?";

  /** Verify has five. */
  private static final int MOST_REASONS = 100;

  private static final String ROLL = "SELECT size FROM roll.roll WHERE law_id = ?";

  private final DataSource database;
  private final Duration settlingTime;

  Reports(DataSource database, Duration settlingTime) {
    this.database = database;
    this.settlingTime = settlingTime;
  }

  Turnout turnout(Contest contest) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Stages stages = stages(connection, contest.lawId());
      Long rollSize = rollSize(connection, contest.lawId());
      return Turnout.of(
          contest.lawId(), stages, rollSize, grain(connection, contest, stages.waiting()));
    }
  }

  TurnoutByHour hours(Contest contest) throws SQLException {
    try (Connection connection = database.getConnection()) {
      // Before the hours: when all have an outcome now, the hours read after it hold them all.
      Grain grain = grain(connection, contest, stages(connection, contest.lawId()).waiting());
      return TurnoutByHour.of(
          contest.lawId(),
          contest.opensAt(),
          hours(connection, contest.lawId()),
          grain,
          PostgresTime.on(connection),
          settlingTime);
    }
  }

  Instant now() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return PostgresTime.on(connection);
    }
  }

  private Grain grain(Connection connection, Contest contest, long waiting) throws SQLException {
    return Grain.of(contest, PostgresTime.on(connection), settlingTime, waiting);
  }

  private static List<Hour> hours(Connection connection, String lawId) throws SQLException {
    List<Hour> hours = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(HOURS)) {
      select.setString(1, lawId);
      select.setInt(2, Stage.RECORDED.number());
      select.setInt(3, MOST_HOURS);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          hours.add(new Hour(rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getLong(2)));
        }
      }
    }
    return hours;
  }

  RefusalCounts refusals(String lawId) throws SQLException {
    List<OfReason> reasons = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(REFUSALS)) {
      select.setString(1, lawId);
      select.setInt(2, MOST_REASONS);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          reasons.add(new OfReason(rows.getString(1), rows.getLong(2)));
        }
      }
    }
    return RefusalCounts.of(lawId, reasons);
  }

  static Stages stages(Connection connection, String lawId) throws SQLException {
    Map<Stage, Seen> seen = new EnumMap<>(Stage.class);
    try (PreparedStatement select = connection.prepareStatement(STAGES)) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          OffsetDateTime lastAt = rows.getObject(3, OffsetDateTime.class);
          Instant last = lastAt == null ? null : lastAt.toInstant();
          seen.put(Stage.of(rows.getInt(1)), new Seen(rows.getLong(2), last));
        }
      }
    }
    return new Stages(seen);
  }

  private static @Nullable Long rollSize(Connection connection, String lawId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ROLL)) {
      select.setString(1, lawId);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? rows.getObject(1, Long.class) : null;
      }
    }
  }
}
