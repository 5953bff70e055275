package io.scrutin.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The decisions on the review queue: added, never changed. */
final class Decisions {
  /** What became of a decision. */
  enum Taken {
    WRITTEN,
    /** The latest decision on this vote says the same already: the command came twice. */
    KNOWN,
    /** No vote of that id waits for review in that contest. */
    NOT_IN_QUEUE
  }

  private static final String LATEST =
      """
      SELECT d.decision = ? AND d.author = ? AND d.note IS NOT DISTINCT FROM ?
      FROM audit.review_queue q LEFT JOIN LATERAL (
        SELECT decision, author, note FROM audit.review_decision
        WHERE vote_id = q.vote_id ORDER BY id DESC LIMIT 1) d ON true
      WHERE q.vote_id = ? AND q.law_id = ?
      """;

  private static final String ADD =
      "INSERT INTO audit.review_decision (decision, author, note, vote_id) VALUES (?, ?, ?, ?)";

  private Decisions() {}

  static Taken take(Connection connection, ReviewDecision decision) throws SQLException {
    try (PreparedStatement latest = connection.prepareStatement(LATEST)) {
      fill(latest, decision);
      latest.setString(5, decision.lawId());
      try (ResultSet row = latest.executeQuery()) {
        if (!row.next()) {
          return Taken.NOT_IN_QUEUE;
        }
        if (row.getBoolean(1)) {
          return Taken.KNOWN;
        }
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      fill(insert, decision);
      insert.executeUpdate();
      return Taken.WRITTEN;
    }
  }

  private static void fill(PreparedStatement statement, ReviewDecision decision)
      throws SQLException {
    statement.setString(1, decision.word().code());
    statement.setString(2, decision.author());
    statement.setString(3, decision.note());
    statement.setBytes(4, decision.voteId().bytes().toArray());
  }
}
