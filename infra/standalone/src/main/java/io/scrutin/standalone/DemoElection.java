package io.scrutin.standalone;

import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.EventCodec;
import io.scrutin.event.LocalText;
import io.scrutin.event.Tag;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The referendum that {@code up} opens, and its roll. */
final class DemoElection {
  static final String LAW_ID = "demo-2026";

  /** Ballots are opened one by one, so that whoever tries it sees their vote counted at once. */
  private static final ResultsPolicy LIVE = new ResultsPolicy(ResultsPolicy.Visibility.LIVE, 1);

  private static final Duration OPEN_FOR = Duration.ofDays(365);

  /** One statement's share of the roll: about a megabyte. */
  private static final int TAGS_PER_STATEMENT = 20_000;

  private final DataSource owner;
  private final EventCodec codec;

  DemoElection(DataSource owner, EventCodec codec) {
    this.owner = owner;
    this.codec = codec;
  }

  static Contest contest(BallotKey ballotKey, String tagScheme, Instant opensAt) {
    return new Contest(
        LAW_ID,
        new LocalText(
            "Démonstration : loi sur les bibliothèques ouvertes le dimanche",
            "Demonstration: act on opening libraries on Sundays"),
        new LocalText(
            "Approuvez-vous que les bibliothèques publiques ouvrent le dimanche ?",
            "Do you approve of public libraries opening on Sundays?"),
        List.of(
            new Choice("oui", new LocalText("Oui", "Yes")),
            new Choice("non", new LocalText("Non", "No"))),
        opensAt,
        opensAt.plus(OPEN_FOR),
        LIVE,
        tagScheme,
        ballotKey);
  }

  Optional<Contest> existing() throws SQLException, EventCodec.MalformedEvent {
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT definition FROM contests.contest WHERE law_id = ?")) {
      select.setString(1, LAW_ID);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(codec.readContest(rows.getString(1))) : Optional.empty();
      }
    }
  }

  void open(Contest contest) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state, updated_at)
                VALUES (?, ?::jsonb, ?, ?, 'open', now()) ON CONFLICT DO NOTHING
                """)) {
      insert.setString(1, contest.lawId());
      insert.setString(2, codec.contestJson(contest));
      insert.setTimestamp(3, Timestamp.from(contest.opensAt()));
      insert.setTimestamp(4, Timestamp.from(contest.closesAt()));
      insert.executeUpdate();
    }
  }

  /**
   * New tags beside the old ones would give each voter a second vote: the roll is of the
   * credentials it was made with, or of none.
   */
  void refuseOtherCredentials(List<Tag> tags) throws SQLException {
    byte[][] known = tags.stream().map(tag -> tag.bytes().toArray()).toArray(byte[][]::new);
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT count(*) FROM roll.voter v JOIN roll.roll r ON r.number = v.roll"
                    + " WHERE r.law_id = ? AND NOT EXISTS"
                    + " (SELECT 1 FROM unnest(?::bytea[]) AS k(tag) WHERE k.tag = v.tag)")) {
      select.setString(1, LAW_ID);
      select.setArray(2, connection.createArrayOf("bytea", known));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        if (row.getLong(1) > 0) {
          throw new IllegalStateException(
              "the roll was made with other credentials: bring back demo/voters.csv and"
                  + " keys/submit/pepper.key as they were, or start with another --dir");
        }
      }
    }
  }

  /** Complete only when every tag is in: until then nobody may be refused. */
  void loadRoll(List<Tag> tags, String scheme) throws SQLException {
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement begin =
              connection.prepareStatement(
                  "INSERT INTO roll.roll (law_id, size, scheme) VALUES (?, ?, ?)"
                      + " ON CONFLICT DO NOTHING");
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO roll.voter (roll, tag) SELECT number, unnest(?::bytea[])"
                      + " FROM roll.roll WHERE law_id = ? ON CONFLICT DO NOTHING");
          PreparedStatement complete =
              connection.prepareStatement(
                  "UPDATE roll.roll SET complete_at = now() WHERE law_id = ?")) {
        begin.setString(1, LAW_ID);
        begin.setLong(2, tags.size());
        begin.setString(3, scheme);
        begin.executeUpdate();
        for (int from = 0; from < tags.size(); from += TAGS_PER_STATEMENT) {
          List<Tag> part = tags.subList(from, Math.min(tags.size(), from + TAGS_PER_STATEMENT));
          byte[][] bytes = part.stream().map(tag -> tag.bytes().toArray()).toArray(byte[][]::new);
          insert.setArray(1, connection.createArrayOf("bytea", bytes));
          insert.setString(2, LAW_ID);
          insert.executeUpdate();
        }
        complete.setString(1, LAW_ID);
        complete.executeUpdate();
      }
      connection.commit();
    }
  }
}
