package io.scrutin.contest;

import io.scrutin.event.Contest;
import io.scrutin.event.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

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

  private record View(Map<String, Contest> byLawId, Instant readAt) {}

  private final DataSource database;
  private final EventCodec codec;
  private final InstantSource clock;
  private volatile View view = new View(Map.of(), Instant.MIN);

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

  /** A view from the future (the clock was set back) is not fresh either. */
  private boolean isFresh(View known, Duration maxAge) {
    Instant now = clock.instant();
    return !now.isBefore(known.readAt())
        && known.readAt() != Instant.MIN
        && now.isBefore(known.readAt().plus(maxAge));
  }

  private synchronized View reread(Duration maxAge) throws SQLException {
    if (isFresh(view, maxAge)) {
      return view;
    }
    Instant readAt = clock.instant();
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
    view = new View(Map.copyOf(contests), readAt);
    return view;
  }
}
