package io.scrutin.parked;

import io.scrutin.console.Surroundings.Login;
import io.scrutin.event.EventParked;
import io.scrutin.event.ParkedPlace;
import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** What Postgres knows of parked events: who gave up which, and what became of their votes. */
final class Discards implements AutoCloseable {
  private static final String ALL =
      "SELECT binding, stream, sequence, stamped_at FROM audit.parked_discard";

  /** Too late is no outcome of a vote whose first cast was in time: it was said to a retry. */
  private static final String OUTCOMES =
      """
      SELECT vote_id, min(step) FROM audit.vote_audit
      WHERE vote_id = ANY (?::bytea[]) AND (step IN (2, 3)
        OR step = 4 AND detail NOT IN ('too_late', 'too_early'))
      GROUP BY vote_id
      """;

  private static final Map<Integer, String> WORDS =
      Map.of(2, "recorded", 3, "duplicate", 4, "rejected");

  private static final String ADD =
      """
      INSERT INTO audit.parked_discard
        (binding, stream, sequence, stamped_at, vote_id, law_id, reason, author)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private final Connection connection;

  private Discards(Connection connection) {
    this.connection = connection;
  }

  static Discards open(Login login) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    return new Discards(DriverManager.getConnection(login.url(), properties));
  }

  Set<ParkedPlace> all() throws SQLException {
    Set<ParkedPlace> all = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(ALL);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        all.add(
            new ParkedPlace(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                rows.getObject(4, OffsetDateTime.class).toInstant()));
      }
    }
    return all;
  }

  Map<VoteId, String> outcomes(Collection<VoteId> votes) throws SQLException {
    Map<VoteId, String> outcomes = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(OUTCOMES)) {
      byte[][] ids = votes.stream().map(vote -> vote.bytes().toArray()).toArray(byte[][]::new);
      select.setArray(1, connection.createArrayOf("bytea", ids));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          outcomes.put(VoteId.of(rows.getBytes(1)), WORDS.getOrDefault(rows.getInt(2), "answered"));
        }
      }
    }
    return outcomes;
  }

  /** A vote recorded now would not be in the result that was signed. */
  Set<String> published() throws SQLException {
    Set<String> laws = new HashSet<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT law_id FROM contests.contest WHERE state = 'published'");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        laws.add(rows.getString(1));
      }
    }
    return laws;
  }

  /**
   * The vote itself is given up only where it is stuck: what audit could not note is of a vote that
   * goes on, and store would drop that one for an id that stands here.
   *
   * @return whether it was not there yet
   */
  boolean add(EventParked event, String reason, String author) throws SQLException {
    ParkedPlace place = FollowParked.inMicros(event.place());
    VoteId vote = event.stopsTheVote() ? event.voteId() : null;
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, place.binding());
      insert.setString(2, place.stream());
      insert.setLong(3, place.sequence());
      insert.setObject(4, place.stampedAt().atOffset(ZoneOffset.UTC));
      insert.setBytes(5, vote == null ? null : vote.bytes().toArray());
      insert.setString(6, event.lawId());
      insert.setString(7, reason);
      insert.setString(8, author);
      return insert.executeUpdate() == 1;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
