package io.scrutin.audit;

import io.scrutin.audit.Note.Key;
import io.scrutin.audit.Note.OfContest;
import io.scrutin.audit.Note.OfVote;
import io.scrutin.audit.NumberAttempts.Attempt;
import io.scrutin.event.Tag;
import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The books: all of a batch is written, in one transaction, or nothing.
 *
 * <p>The key of the trail is what makes a replay harmless. Whatever else follows from an event (a
 * number, a line in the queue, a count) follows in the same transaction from its new line in the
 * trail, and from nothing else. Every batch takes its locks in the same order, table by table and
 * in each by key, so that two batches wait for each other instead of deadlocking.
 */
final class AuditBook {
  private static final String ADD_TO_TRAIL =
      """
      INSERT INTO audit.vote_audit (vote_id, step, law_id, at, detail)
      SELECT vote_id, step, law_id, at, detail
      FROM unnest(?::bytea[], ?::int[], ?::text[], ?::timestamptz[], ?::text[])
        AS noted(vote_id, step, law_id, at, detail)
      ORDER BY vote_id, step
      ON CONFLICT DO NOTHING
      RETURNING vote_id, step
      """;

  /** The first duplicate is attempt 2. The row stays locked until its attempts are written. */
  private static final String ADVANCE_COUNTERS =
      """
      INSERT INTO audit.attempt_counter AS counter (law_id, tag, last)
      SELECT law_id, tag, 1 + attempts FROM unnest(?::text[], ?::bytea[], ?::int[])
        AS counted(law_id, tag, attempts)
      ORDER BY law_id, tag
      ON CONFLICT (law_id, tag) DO UPDATE SET last = counter.last + excluded.last - 1
      RETURNING law_id, tag, last
      """;

  private static final String ADD_ATTEMPTS =
      """
      INSERT INTO audit.duplicate_attempts (vote_id, law_id, tag, attempt, at)
      SELECT vote_id, law_id, tag, attempt, at
      FROM unnest(?::bytea[], ?::text[], ?::bytea[], ?::int[], ?::timestamptz[])
        AS numbered(vote_id, law_id, tag, attempt, at)
      ORDER BY vote_id
      """;

  /** A vote that was parked and then, replayed, rejected is in the queue already. */
  private static final String QUEUE =
      """
      INSERT INTO audit.review_queue (vote_id, law_id, reason, at)
      SELECT vote_id, law_id, reason, at
      FROM unnest(?::bytea[], ?::text[], ?::text[], ?::timestamptz[])
        AS queued(vote_id, law_id, reason, at)
      ORDER BY vote_id
      ON CONFLICT DO NOTHING
      """;

  private static final String ADD_TO_LOG =
      """
      INSERT INTO audit.contest_log (law_id, what, at)
      SELECT law_id, what, at FROM unnest(?::text[], ?::text[], ?::timestamptz[])
        AS logged(law_id, what, at)
      ORDER BY law_id, what, at
      ON CONFLICT DO NOTHING
      """;

  private final DataSource database;

  AuditBook(DataSource database) {
    this.database = database;
  }

  /**
   * @return how many duplicates were given a number
   */
  int write(Collection<Note> notes) throws SQLException {
    Map<Key, OfVote> votes = new LinkedHashMap<>();
    notes.stream()
        .filter(OfVote.class::isInstance)
        .map(OfVote.class::cast)
        .forEach(note -> votes.putIfAbsent(note.key(), note));
    List<OfContest> contests =
        notes.stream().filter(OfContest.class::isInstance).map(OfContest.class::cast).toList();
    try (Connection connection = database.getConnection()) {
      // Whatever is not committed is rolled back when it closes. To do so here would fail on a
      // connection that broke, and that failure would hide the one that says so.
      connection.setAutoCommit(false);
      int numbered = votes.isEmpty() ? 0 : addVotes(connection, votes);
      if (!contests.isEmpty()) {
        addToLog(connection, contests);
      }
      connection.commit();
      return numbered;
    }
  }

  private static int addVotes(Connection connection, Map<Key, OfVote> votes) throws SQLException {
    Set<Key> added = addToTrail(connection, votes.values());
    List<OfVote> fresh =
        votes.values().stream().filter(note -> added.contains(note.key())).toList();
    if (fresh.isEmpty()) {
      return 0;
    }
    List<OfVote> duplicates =
        fresh.stream().filter(note -> note.stage() == Stage.DUPLICATED).toList();
    if (!duplicates.isEmpty()) {
      addAttempts(connection, duplicates);
    }
    List<OfVote> toReview =
        fresh.stream()
            .filter(note -> note.stage() == Stage.REJECTED || note.stage() == Stage.PARKED)
            .toList();
    if (!toReview.isEmpty()) {
      queue(connection, toReview);
    }
    AuditCounts.add(connection, fresh);
    return duplicates.size();
  }

  private static Set<Key> addToTrail(Connection connection, Collection<OfVote> votes)
      throws SQLException {
    Set<Key> added = new HashSet<>();
    try (PreparedStatement insert = connection.prepareStatement(ADD_TO_TRAIL)) {
      new Columns<>(insert, votes)
          .bytes(note -> note.voteId().bytes())
          .number(note -> note.stage().number())
          .text(OfVote::lawId)
          .time(OfVote::at)
          .text(OfVote::reason);
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          added.add(new Key(VoteId.of(rows.getBytes(1)), Stage.of(rows.getInt(2))));
        }
      }
    }
    return added;
  }

  private static void addAttempts(Connection connection, List<OfVote> duplicates)
      throws SQLException {
    Map<Voter, Integer> last =
        advanceCounters(connection, NumberAttempts.perVoter(duplicates).entrySet());
    try (PreparedStatement insert = connection.prepareStatement(ADD_ATTEMPTS)) {
      new Columns<>(insert, NumberAttempts.number(duplicates, last))
          .bytes(attempt -> attempt.voteId().bytes())
          .text(attempt -> attempt.voter().lawId())
          .bytes(attempt -> attempt.voter().tag().bytes())
          .number(Attempt::number)
          .time(Attempt::at);
      insert.executeUpdate();
    }
  }

  private static Map<Voter, Integer> advanceCounters(
      Connection connection, Collection<Map.Entry<Voter, Integer>> counts) throws SQLException {
    Map<Voter, Integer> last = new HashMap<>();
    try (PreparedStatement upsert = connection.prepareStatement(ADVANCE_COUNTERS)) {
      new Columns<>(upsert, counts)
          .text(count -> count.getKey().lawId())
          .bytes(count -> count.getKey().tag().bytes())
          .number(Map.Entry::getValue);
      try (ResultSet rows = upsert.executeQuery()) {
        while (rows.next()) {
          last.put(new Voter(rows.getString(1), Tag.of(rows.getBytes(2))), rows.getInt(3));
        }
      }
    }
    return last;
  }

  private static void queue(Connection connection, List<OfVote> toReview) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(QUEUE)) {
      new Columns<>(insert, toReview)
          .bytes(note -> note.voteId().bytes())
          .text(OfVote::lawId)
          .text(OfVote::reason)
          .time(OfVote::at);
      insert.executeUpdate();
    }
  }

  private static void addToLog(Connection connection, List<OfContest> contests)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_TO_LOG)) {
      new Columns<>(insert, contests)
          .text(OfContest::lawId)
          .text(OfContest::what)
          .time(OfContest::at);
      insert.executeUpdate();
    }
  }
}
