package io.scrutin.contests;

import io.scrutin.broker.BrokerRefused;
import io.scrutin.event.Event;
import io.scrutin.event.EventCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Tells the broker what became true. An event is marked once the broker has it, so that a crash in
 * between publishes it twice, with the same id, and never not at all.
 */
final class Outbox {
  /** A contest has two or three events; this is more than ever wait. */
  private static final int MAX_AT_ONCE = 100;

  /**
   * Locked until they are marked: who comes second waits, finds them told, and goes on with the
   * next. Two who published side by side could tell of a closing before its opening.
   */
  private static final String WAITING =
      "SELECT id, event FROM contests.outbox WHERE published_at IS NULL ORDER BY id LIMIT "
          + MAX_AT_ONCE
          + " FOR UPDATE";

  private static final String MARK =
      "UPDATE contests.outbox SET published_at = clock_timestamp() WHERE id = ?";

  private static final String TOLD =
      "SELECT event ->> 'id' FROM contests.outbox WHERE published_at IS NOT NULL";

  private static final String FORGET =
      "UPDATE contests.outbox SET published_at = NULL WHERE published_at IS NOT NULL";

  private record Waiting(long id, Event event) {}

  private final DataSource database;
  private final EventCodec codec;
  private final Function<Event, CompletableFuture<Void>> publish;

  /**
   * @param publish completes when the broker has the event
   */
  Outbox(DataSource database, EventCodec codec, Function<Event, CompletableFuture<Void>> publish) {
    this.database = database;
    this.codec = codec;
    this.publish = publish;
  }

  /**
   * Publishes what waits, in order, as far as the broker takes it.
   *
   * @return how many it took
   * @throws BrokerRefused when it took nothing more; what it took before stays marked
   */
  int publishWaiting() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      int published = 0;
      try {
        for (Waiting waiting : waiting(connection)) {
          awaitPersisted(waiting.event());
          mark(connection, waiting.id());
          published++;
        }
        connection.commit();
        return published;
      } catch (BrokerRefused refused) {
        connection.commit();
        throw refused;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    }
  }

  /** The ids of all that the broker took. */
  Set<String> told() throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement told = connection.prepareStatement(TOLD);
        ResultSet rows = told.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /**
   * A broker that lost its disk, or the tail of a stream with the power, no longer tells of
   * contests that it told of. They are all told again, in their order: the same events with the
   * same ids. Ids are compared and not numbers: what was told twice would hide what is lost later.
   *
   * @param told what the broker took
   * @param inStream what it has, asked for after that
   * @return whether something is lost
   */
  boolean tellAgainIfLost(Set<String> told, Set<String> inStream) throws SQLException {
    if (inStream.containsAll(told)) {
      return false;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.executeUpdate();
      return true;
    }
  }

  private List<Waiting> waiting(Connection connection) throws SQLException {
    List<Waiting> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(WAITING);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] json = rows.getString(2).getBytes(StandardCharsets.UTF_8);
        found.add(new Waiting(rows.getLong(1), codec.decode(json)));
      }
    } catch (EventCodec.MalformedEvent malformed) {
      throw new IllegalStateException("contests.outbox holds an unreadable event", malformed);
    }
    return found;
  }

  private void awaitPersisted(Event event) {
    try {
      publish.apply(event).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof BrokerRefused refused) {
        throw refused;
      }
      throw new IllegalStateException("an event could not be published", failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new BrokerRefused(BrokerRefused.Why.AWAY, stopping);
    }
  }

  private static void mark(Connection connection, long id) throws SQLException {
    try (PreparedStatement mark = connection.prepareStatement(MARK)) {
      mark.setLong(1, id);
      mark.executeUpdate();
    }
  }
}
