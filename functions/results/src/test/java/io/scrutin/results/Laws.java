package io.scrutin.results;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.LocalText;
import io.scrutin.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Contests and tallies for tests. */
record Laws(TestDatabase database) {
  static final Instant OPENS = Instant.parse("2026-06-01T08:00:00Z");
  static final Instant CLOSES = Instant.parse("2026-06-02T08:00:00Z");

  static Contest contest(String lawId, Visibility visibility, Instant closesAt) {
    LocalText text = new LocalText("texte", "text");
    return new Contest(
        lawId,
        text,
        text,
        List.of(
            new Choice("oui", new LocalText("Oui", "Yes")),
            new Choice("non", new LocalText("Non", "No"))),
        OPENS,
        closesAt,
        new ResultsPolicy(visibility, 1),
        "hmac-sha256",
        new BallotKey("key-1", Bytes.of(new byte[32])));
  }

  void open(Contest contest) throws SQLException {
    database.open(contest);
  }

  void count(String lawId, String choice, long votes) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        PreparedStatement upsert =
            connection.prepareStatement(
                "INSERT INTO tally.tally (law_id, choice, votes, updated_at)"
                    + " VALUES (?, ?, ?, '2026-06-01T09:00:00Z')"
                    + " ON CONFLICT (law_id, choice) DO UPDATE SET votes = excluded.votes")) {
      upsert.setString(1, lawId);
      upsert.setString(2, choice);
      upsert.setLong(3, votes);
      upsert.executeUpdate();
    }
  }
}
