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

  private record Failure(SQLException cause, Instant at) {}

  private record View(Map<String, Contest> byLawId, Instant readAt) {}

  private final DataSource database;
  private final EventCodec codec;
  private final InstantSource clock;
  private volatile View view = new View(Map.of(), Instant.MIN);

  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable Failure lastFailure;

  public Contests(DataSource database, EventCodec codec, InstantSource clock) {
    this.database = database;
    this.codec = codec;
    this.clock = clock;
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
    return isFresh(known, maxAge) ? known : reread(maxAge);
  }

  private boolean isFresh(View known, Duration maxAge) {
    return !known.readAt().equals(Instant.MIN) && isWithin(maxAge, known.readAt(), clock.instant());
  }

  /** What lies in the future (the clock was set back) is not recent either. */
  private static boolean isWithin(Duration limit, Instant then, Instant now) {
    return !now.isBefore(then) && now.isBefore(then.plus(limit));
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
    if (isFresh(view, maxAge)) {
      return view;
    }
    Instant readAt = clock.instant();
    if (lastFailure != null && isWithin(PAUSE_WHEN_AWAY, lastFailure.at(), readAt)) {
      throw new SQLTransientConnectionException("away a moment ago", lastFailure.cause());
    }
    try {
      view = new View(read(), readAt);
      lastFailure = null;
      return view;
    } catch (SQLException away) {
      lastFailure = new Failure(away, clock.instant());
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
