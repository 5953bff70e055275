package io.scrutin.books;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What must not be found, each a query for the vote ids of it. The figures of all these were read
 * at one moment, or are known to be older than it where that is what makes them true.
 */
final class IdChecks {
  static final Map<Discrepancy, String> ALL = all();

  private IdChecks() {}

  private static Map<Discrepancy, String> all() {
    Map<Discrepancy, String> all = new EnumMap<>(Discrepancy.class);
    casts(all);
    participations(all);
    attempts(all);
    tags(all);
    ballots(all);
    queue(all);
    roll(all);
    return Collections.unmodifiableMap(all);
  }

  /** Tags are looked up and not shown: a vote id names the vote, a tag would name the voter. */
  private static void roll(Map<Discrepancy, String> all) {
    all.put(
        Discrepancy.STRANGER,
        """
        SELECT p.vote_id FROM store.participation p WHERE p.law_id = ? AND NOT EXISTS (
          SELECT FROM roll.voter v JOIN roll.roll r ON r.number = v.roll
          WHERE r.law_id = ? AND v.tag = p.tag)
        """);
    all.put(
        Discrepancy.KNOWN_AFTER_ALL,
        """
        SELECT b.vote_id FROM books_vote b WHERE b.law = :law AND b.refused AND EXISTS (
          SELECT FROM books_cast c
          JOIN roll.voter v ON v.tag = c.tag
          JOIN roll.roll r ON r.number = v.roll AND r.law_id = ?
          WHERE c.law = :law AND c.vote_id = b.vote_id)
        """);
  }

  private static void casts(Map<Discrepancy, String> all) {
    all.put(
        Discrepancy.LOST, "SELECT vote_id FROM books_vote WHERE law = :law AND " + VoteStates.LOST);
    all.put(
        Discrepancy.NOT_IN_TRAIL,
        "SELECT vote_id FROM books_vote WHERE law = :law AND due AND NOT noted");
    all.put(
        Discrepancy.NOT_IN_STREAM,
        "SELECT vote_id FROM books_vote WHERE law = :law AND noted AND NOT in_stream AND NOT purged");
    all.put(
        Discrepancy.NEVER_CAST,
        "SELECT vote_id FROM books_vote WHERE law = :law AND NOT in_stream AND NOT noted"
            + " AND (recorded OR duplicated OR refused OR late)");
    all.put(
        Discrepancy.OUT_OF_TIME,
        """
        SELECT p.vote_id FROM store.participation p
        JOIN books_vote b ON b.law = :law AND b.vote_id = p.vote_id
        WHERE p.law_id = ? AND (b.in_stream OR b.purged) AND NOT b.in_time
        """);
    // Too late or too early may stand beside another outcome: a retry with the same id was stamped
    // after closing, and the first cast was in time.
    all.put(
        Discrepancy.TWO_OUTCOMES,
        "SELECT vote_id FROM books_vote WHERE law = :law"
            + " AND recorded::int + duplicated::int + refused::int > 1");
    all.put(
        Discrepancy.PARKED,
        "SELECT vote_id FROM books_vote WHERE law = :law AND parked AND NOT "
            + VoteStates.ANSWERED);
  }

  private static void participations(Map<Discrepancy, String> all) {
    all.put(
        Discrepancy.NOT_SAID_RECORDED,
        """
        SELECT p.vote_id FROM store.participation p
        LEFT JOIN books_vote b ON b.law = :law AND b.vote_id = p.vote_id
        WHERE p.law_id = ? AND NOT coalesce(b.recorded OR b.on_way, false)
        """);
    // store commits before it publishes, and audit hears of it after that.
    all.put(
        Discrepancy.NOT_RECORDED,
        """
        SELECT b.vote_id FROM books_vote b WHERE b.law = :law AND b.recorded AND NOT EXISTS (
          SELECT FROM store.participation p WHERE p.law_id = ? AND p.vote_id = b.vote_id)
        """);
    all.put(
        Discrepancy.TWO_VOTERS,
        "SELECT vote_id FROM store.participation WHERE law_id = ? GROUP BY vote_id HAVING count(*) > 1");
  }

  private static void ballots(Map<Discrepancy, String> all) {
    all.put(
        Discrepancy.STRANGE_ENVELOPE,
        """
        SELECT e.vote_id FROM store.envelope e WHERE e.law_id = ? AND NOT EXISTS (
          SELECT FROM store.participation p WHERE p.law_id = ? AND p.vote_id = e.vote_id)
        """);
    all.put(
        Discrepancy.STRANGE_SPOILED,
        """
        SELECT s.vote_id FROM tally.spoiled s WHERE s.law_id = ? AND NOT EXISTS (
          SELECT FROM store.participation p WHERE p.law_id = ? AND p.vote_id = s.vote_id)
        """);
    all.put(
        Discrepancy.TWO_BALLOTS,
        """
        SELECT vote_id FROM (
          SELECT vote_id FROM store.envelope WHERE law_id = ?
          UNION ALL SELECT vote_id FROM tally.spoiled WHERE law_id = ?) AS known
        GROUP BY vote_id HAVING count(*) > 1
        """);
  }

  private static void tags(Map<Discrepancy, String> all) {
    // Of a purged cast nobody knows the tag any more: that alone is not compared.
    all.put(
        Discrepancy.OTHER_VOTER,
        """
        SELECT p.vote_id FROM store.participation p
        JOIN books_vote b ON b.law = :law AND b.vote_id = p.vote_id AND b.in_stream
        WHERE p.law_id = ? AND NOT EXISTS (
          SELECT FROM books_cast c
          WHERE c.law = :law AND c.vote_id = p.vote_id AND c.tag = p.tag)
        """);
    all.put(
        Discrepancy.OTHER_ATTEMPT,
        """
        SELECT d.vote_id FROM audit.duplicate_attempts d
        JOIN books_vote b ON b.law = :law AND b.vote_id = d.vote_id AND b.in_stream
        WHERE d.law_id = ? AND NOT EXISTS (
          SELECT FROM books_cast c
          WHERE c.law = :law AND c.vote_id = d.vote_id AND c.tag = d.tag)
        """);
  }

  /** Written with the trail in one transaction. */
  private static void queue(Map<Discrepancy, String> all) {
    all.put(
        Discrepancy.NOT_QUEUED,
        """
        SELECT DISTINCT a.vote_id FROM audit.vote_audit a
        WHERE a.law_id = ? AND a.step IN (4, 5) AND NOT EXISTS (
          SELECT FROM audit.review_queue q WHERE q.law_id = ? AND q.vote_id = a.vote_id)
        """);
    all.put(
        Discrepancy.QUEUED,
        """
        SELECT q.vote_id FROM audit.review_queue q WHERE q.law_id = ? AND NOT EXISTS (
          SELECT FROM audit.vote_audit a
          WHERE a.law_id = ? AND a.step IN (4, 5) AND a.vote_id = q.vote_id)
        """);
  }

  private static void attempts(Map<Discrepancy, String> all) {
    // Of each such voter one vote id: that of an attempt, or else of the vote that counts.
    all.put(
        Discrepancy.GAP,
        """
        SELECT coalesce(d.vote_id, p.vote_id, '\\x00') FROM (
          SELECT tag, (array_agg(vote_id))[1] AS vote_id, count(*) AS many,
            count(DISTINCT attempt) AS different, min(attempt) AS least, max(attempt) AS most
          FROM audit.duplicate_attempts WHERE law_id = ? GROUP BY tag) d
        FULL JOIN (SELECT tag, last FROM audit.attempt_counter WHERE law_id = ?) c USING (tag)
        LEFT JOIN store.participation p ON p.law_id = ? AND p.tag = coalesce(d.tag, c.tag)
        WHERE coalesce(d.many, 0) IS DISTINCT FROM c.last - 1 OR d.many <> d.different
          OR d.least <> 2 OR d.most <> c.last
        """);
    all.put(
        Discrepancy.NOT_NUMBERED,
        """
        SELECT b.vote_id FROM books_vote b WHERE b.law = :law AND b.duplicated AND NOT EXISTS (
          SELECT FROM audit.duplicate_attempts d WHERE d.law_id = ? AND d.vote_id = b.vote_id)
        """);
    all.put(
        Discrepancy.NO_DUPLICATE,
        """
        SELECT d.vote_id FROM audit.duplicate_attempts d WHERE d.law_id = ? AND NOT EXISTS (
          SELECT FROM books_vote b
          WHERE b.law = :law AND b.vote_id = d.vote_id AND b.duplicated)
        """);
    all.put(
        Discrepancy.NO_FIRST_ATTEMPT,
        """
        SELECT d.vote_id FROM audit.duplicate_attempts d WHERE d.law_id = ? AND NOT EXISTS (
          SELECT FROM store.participation p
          WHERE p.law_id = ? AND p.tag = d.tag AND p.vote_id <> d.vote_id)
        """);
  }
}
