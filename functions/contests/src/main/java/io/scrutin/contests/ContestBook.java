package io.scrutin.contests;

import io.scrutin.event.Contest;
import io.scrutin.event.ContestFact;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The contests as Postgres has them. A change and the events that tell of it are one transaction:
 * after a crash both are there or neither, and the outbox knows what is still to be told.
 */
final class ContestBook {
  /** The name that events of contests bear. */
  static final String SOURCE = "contests";

  /**
   * A margin counts from the moment at which it was decided; a change that took longer than this to
   * be written is decided anew.
   */
  private static final Duration LONGEST_CHANGE = Duration.ofSeconds(2);

  private static final String COLUMNS =
      "SELECT definition, closes_at, state FROM contests.contest ";

  private static final String INSERT =
      """
      INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state)
      VALUES (?, ?::jsonb, ?, ?, ?) ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE contests.contest SET closes_at = ?, state = ?, updated_at = now()
      WHERE law_id = ? AND state = ? AND closes_at = ?
      """;

  private static final String ENDED =
      COLUMNS + "WHERE state IN ('closed', 'published') AND drained_at IS NULL ORDER BY law_id";

  private static final String DRAINED =
      "UPDATE contests.contest SET drained_at = ? WHERE law_id = ? AND drained_at IS NULL";

  private static final String ANNOUNCE =
      """
      INSERT INTO contests.outbox (event) VALUES (?::jsonb)
      ON CONFLICT ((event ->> 'id')) DO NOTHING
      """;

  /** What time it is, for whoever decides over this connection. */
  interface Time {
    Instant on(Connection connection) throws SQLException;
  }

  /** What may be decided about a contest, at the moment at which nobody else can change it. */
  interface Decision {
    Change decide(ContestRow row, Instant now);
  }

  /** What is written in the same transaction as a change. */
  interface AlsoWrite {
    void into(Connection connection, Change.Done done, Instant now) throws SQLException;
  }

  private final DataSource database;
  private final EventCodec codec;
  private final Time time;

  ContestBook(DataSource database, EventCodec codec, Time time) {
    this.database = database;
    this.codec = codec;
    this.time = time;
  }

  Instant now() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return time.on(connection);
    }
  }

  Optional<ContestRow> find(String lawId) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return read(connection, COLUMNS + "WHERE law_id = ?", lawId).stream().findFirst();
    }
  }

  List<ContestRow> all() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return read(connection, COLUMNS + "ORDER BY law_id");
    }
  }

  /** Those that are over, and of which votes may be on their way still. */
  List<ContestRow> ended() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return read(connection, ENDED);
    }
  }

  /** Their end does not change any more, so neither does this. */
  void drained(String lawId, Instant at) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(DRAINED)) {
      update.setTimestamp(1, Timestamp.from(at));
      update.setString(2, lawId);
      update.executeUpdate();
    }
  }

  /**
   * @return false when another contest of this law was there
   */
  boolean insert(ContestRow row) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, row.lawId());
      insert.setString(2, codec.contestJson(row.contest()));
      insert.setTimestamp(3, Timestamp.from(row.contest().opensAt()));
      insert.setTimestamp(4, Timestamp.from(row.contest().closesAt()));
      insert.setString(5, row.state().code());
      return insert.executeUpdate() == 1;
    }
  }

  Change change(String lawId, Decision decision) throws SQLException {
    return change(lawId, decision, (_, _, _) -> {});
  }

  Change change(String lawId, Decision decision, AlsoWrite also) throws SQLException {
    try (Connection connection = database.getConnection()) {
      // Whatever is not committed is rolled back when it closes. To do so here would fail on a
      // connection that broke, and that failure would hide the one that says so.
      connection.setAutoCommit(false);
      // Locked: of many who want to change it at once, each decides on what the one before left.
      List<ContestRow> known = read(connection, COLUMNS + "WHERE law_id = ? FOR UPDATE", lawId);
      if (known.isEmpty()) {
        connection.rollback();
        return new Change.Refused(Change.Reason.UNKNOWN_LAW, "there is no contest of this law");
      }
      Instant now = time.on(connection);
      Change change = decision.decide(known.getFirst(), now);
      if (change instanceof Change.Done done) {
        write(connection, known.getFirst(), done, now);
        also.into(connection, done, now);
        if (time.on(connection).isAfter(now.plus(LONGEST_CHANGE))) {
          throw new SQLTransientException("the change took too long to be written: try again");
        }
        connection.commit();
      } else {
        connection.rollback();
      }
      return change;
    }
  }

  private void write(Connection connection, ContestRow before, Change.Done done, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE);
        PreparedStatement announce = connection.prepareStatement(ANNOUNCE)) {
      update.setTimestamp(1, Timestamp.from(done.row().contest().closesAt()));
      update.setString(2, done.row().state().code());
      update.setString(3, before.lawId());
      update.setString(4, before.state().code());
      update.setTimestamp(5, Timestamp.from(before.contest().closesAt()));
      if (update.executeUpdate() != 1) {
        throw new IllegalStateException("a locked contest changed: " + before.lawId());
      }
      for (ContestFact fact : done.facts()) {
        Event event = Event.first(fact, SOURCE, now, null);
        announce.setString(1, new String(codec.encode(event), StandardCharsets.UTF_8));
        announce.executeUpdate();
      }
    }
  }

  private List<ContestRow> read(Connection connection, String sql, String... values)
      throws SQLException {
    List<ContestRow> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Contest contest = codec.readContest(rows.getString(1));
          found.add(
              new ContestRow(
                  contest.closingAt(rows.getTimestamp(2).toInstant()),
                  ContestState.of(rows.getString(3))));
        }
      }
    } catch (EventCodec.MalformedEvent malformed) {
      throw new IllegalStateException("contests.contest holds an unreadable definition", malformed);
    }
    return found;
  }
}
