package io.scrutin.reconcile;

import static io.scrutin.reconcile.Samples.LAW;
import static io.scrutin.reconcile.Samples.literal;
import static io.scrutin.reconcile.Samples.tag;

import io.scrutin.event.Bytes;
import io.scrutin.event.Contest;
import io.scrutin.event.Contest.BallotKey;
import io.scrutin.event.Contest.Choice;
import io.scrutin.event.Contest.ResultsPolicy;
import io.scrutin.event.Contest.ResultsPolicy.Visibility;
import io.scrutin.event.LocalText;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import io.scrutin.testing.TestDatabase;
import io.scrutin.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What Postgres holds of an {@link Election}, written as the functions would. */
final class Tables {
  final TestDatabase database = TestPostgres.freshDatabase();

  void open(Visibility visibility, Instant closesAt) throws SQLException {
    Contest contest =
        new Contest(
            LAW,
            new LocalText("Loi", "Law"),
            new LocalText("Oui ou non ?", "Yes or no?"),
            List.of(
                new Choice("oui", new LocalText("Oui", "Yes")),
                new Choice("non", new LocalText("Non", "No"))),
            Instant.now().minus(Duration.ofDays(2)),
            closesAt,
            new ResultsPolicy(visibility, 5),
            "hmac-sha256",
            new BallotKey("key", Bytes.of(new byte[32])));
    database.open(contest);
  }

  /** The roll, complete. */
  void enrol(int voters) throws SQLException {
    sql(
        "INSERT INTO roll.roll (law_id, size, scheme, complete_at) VALUES ('C-12', "
            + voters
            + ", 'hmac-sha256', now())");
    String tags =
        IntStream.range(0, voters)
            .mapToObj(voter -> "(" + literal(tag(voter).bytes()) + ")")
            .collect(Collectors.joining(", "));
    sql(
        "INSERT INTO roll.voter (roll, tag) SELECT number, tag FROM roll.roll, (VALUES "
            + tags
            + ") AS v(tag) WHERE law_id = 'C-12'");
  }

  /** As store would; coming again it changes nothing. */
  void store(Tag tag, VoteId vote) throws SQLException {
    sql(
        """
        WITH won AS (
          INSERT INTO store.participation VALUES ('C-12', %s, %s)
          ON CONFLICT DO NOTHING RETURNING vote_id)
        INSERT INTO store.envelope (law_id, vote_id, scheme, key_id, sealed)
        SELECT 'C-12', vote_id, 1, 'key', '\\x00' FROM won
        """
            .formatted(literal(tag.bytes()), literal(vote.bytes())));
  }

  /** As audit would: the row and its counter in one transaction, and once. */
  void note(VoteId vote, int step, @Nullable String detail) throws SQLException {
    String reason = detail == null ? "NULL" : "'" + detail + "'";
    sql(
        """
        WITH fresh AS (
          INSERT INTO audit.vote_audit VALUES (%s, %d, 'C-12', now(), %s)
          ON CONFLICT DO NOTHING RETURNING step)
        INSERT INTO audit.turnout AS t SELECT 'C-12', step, 1 FROM fresh
        ON CONFLICT (law_id, step) DO UPDATE SET count = t.count + 1
        """
            .formatted(literal(vote.bytes()), step, reason));
    if (step >= 4) {
      sql(
          "INSERT INTO audit.review_queue VALUES (%s, 'C-12', 'a reason', now()) ON CONFLICT DO NOTHING"
              .formatted(literal(vote.bytes())));
    }
  }

  void sql(String statements) throws SQLException {
    try (Connection connection = database.ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }
}
