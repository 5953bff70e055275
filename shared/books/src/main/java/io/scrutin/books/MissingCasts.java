package io.scrutin.books;

import io.scrutin.books.BrokerPosition.Purge;
import io.scrutin.event.EventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Numbers of the stream of casts that no message has: it holds casts alone, so each was one. */
final class MissingCasts {
  /** What was stamped before the stream was made has no number in it. */
  private static final String NOTED_AND_GONE =
      """
      SELECT count(*) FROM (
        SELECT v.vote_id, (extract(epoch FROM v.at) * 1000000)::bigint AS at
        FROM audit.vote_audit v JOIN contests.contest c USING (law_id)
        WHERE v.step = 1 AND c.state <> 'draft') AS noted
      WHERE at >= :created AND (at < :purged OR NOT EXISTS (
        SELECT FROM books_cast b WHERE b.vote_id = noted.vote_id))
      """;

  private final List<String> holes = new ArrayList<>();
  private long holesTotal;
  private long expected = 1;

  /** What the head of the stream lost is one purge, and no hole. */
  void after(long purgedTo) {
    expected = purgedTo + 1;
  }

  /** To be told of each message in its turn, and of the number after the last at the end. */
  void met(long sequence) {
    holesTotal += Math.max(0, sequence - expected);
    for (long gone = expected; gone < sequence && holes.size() < Balance.MOST_LISTED; gone++) {
      holes.add(EventType.VOTE_CAST.stream().name() + " " + gone);
    }
    expected = Math.max(expected, sequence + 1);
  }

  /** Casts that somebody deleted one by one, or that a damaged disk took. */
  Listed holes() {
    return new Listed(holesTotal, holes);
  }

  /**
   * How many casts the stream no longer holds beyond those that audit noted while it did. 0 proves
   * that none went unread. More may also be retries, whose first cast alone is noted.
   */
  long unaccounted(Connection connection, Purge purge) throws SQLException {
    long gone = purge.purgedTo() + holesTotal;
    if (gone == 0) {
      return 0;
    }
    String sql =
        NOTED_AND_GONE
            .replace(":created", Long.toString(VoteStates.micros(purge.createdAt())))
            .replace(":purged", Long.toString(VoteStates.micros(purge.purgedBefore())));
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return Math.max(0, gone - row.getLong(1));
    }
  }
}
