package io.scrutin.contest;

import io.scrutin.event.Contest;
import io.scrutin.event.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The contests as Postgres has them, read again when the view is older than {@link #MAX_AGE}.
 *
 * <p>Closing early sets {@code closes_at} at least the propagation margin (60 s) ahead, so a view
 * of at most ten seconds' age knows the closing before any cast could be stamped after it.
 */
public final class Contests {
  static final Duration MAX_AGE = Duration.ofSeconds(10);

  private static final Duration MAX_AGE_OF_ABSENCE = Duration.ofMillis(500);

  private static final String SELECT =
      "SELECT definition, closes_at FROM contests.contest WHERE state <> 'draft' ORDER BY law_id";

  /** So long after a failure nobody tries again: each try may take its time-out, one by one. */
  private static final Duration PAUSE_WHEN_AWAY = Duration.ofMillis(500);

  /**
   * By both: a clock that is set back makes what is old look new, and the other time stands still
   * while a machine is suspended.
   */
  private record Moment(Instant byTheClock, long nanos) {
    boolean isWithin(Duration limit, Moment now) {
      return nanos + limit.toNanos() - now.nanos > 0
          && !now.byTheClock.isBefore(byTheClock)
          && now.byTheClock.isBefore(byTheClock.plus(limit));
    }
  }

  private record Failure(SQLException cause, Moment at) {}

  private record View(Map<String, Contest> byLawId, Moment readAt) {}

  private final DataSource database;
  private final EventCodec codec;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private volatile @Nullable View view;

  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable Failure lastFailure;

  public Contests(
      DataSource database, EventCodec codec, InstantSource clock, LongSupplier nanoTime) {
    this.database = database;
    this.codec = codec;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Looks again soon when the law is not there: its contest may just have been made. */
  public Optional<Contest> find(String lawId) throws SQLException {
    Contest known = fresh(MAX_AGE).byLawId().get(lawId);
    return Optional.ofNullable(
        known != null ? known : fresh(MAX_AGE_OF_ABSENCE).byLawId().get(lawId));
  }

  public Collection<Contest> all() throws SQLException {
    return fresh(MAX_AGE).byLawId().values();
  }

  private View fresh(Duration maxAge) throws SQLException {
    View known = view;
    return known != null && known.readAt().isWithin(maxAge, now()) ? known : reread(maxAge);
  }

  private Moment now() {
    return new Moment(clock.instant(), nanoTime.getAsLong());
  }

  private View reread(Duration maxAge) throws SQLException {
    reading.lock();
    try {
      return rereadAlone(maxAge);
    } finally {
      reading.unlock();
    }
  }

  private View rereadAlone(Duration maxAge) throws SQLException {
    View known = view;
    Moment readAt = now();
    if (known != null && known.readAt().isWithin(maxAge, readAt)) {
      return known;
    }
    if (lastFailure != null && lastFailure.at().isWithin(PAUSE_WHEN_AWAY, readAt)) {
      throw new SQLTransientConnectionException("away a moment ago", lastFailure.cause());
    }
    try {
      View read = new View(read(), readAt);
      view = read;
      lastFailure = null;
      return read;
    } catch (SQLException away) {
      lastFailure = new Failure(away, now());
      throw away;
    }
  }

  private Map<String, Contest> read() throws SQLException {
    Map<String, Contest> contests = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Contest contest = codec.readContest(rows.getString(1));
        Instant closesAt = rows.getTimestamp(2).toInstant();
        contests.put(contest.lawId(), contest.closingAt(closesAt));
      }
    } catch (EventCodec.MalformedEvent malformed) {
      throw new IllegalStateException("contests.contest holds an unreadable definition", malformed);
    }
    return Map.copyOf(contests);
  }
}
