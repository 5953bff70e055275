package io.scrutin.audit;

import io.scrutin.event.VoteId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The trails of votes, read by vote id. */
final class Trails {
  private static final String SELECT =
      """
      SELECT t.vote_id, t.step, t.law_id, t.at,
        CASE WHEN t.step = 5 AND EXISTS (
          SELECT FROM audit.parked_discard x WHERE x.vote_id = t.vote_id)
          THEN 'discarded' ELSE t.detail END, d.attempt,
        coalesce(t.at >= c.opens_at AND t.at < c.closes_at, false)
      FROM unnest(?::bytea[]) AS asked(vote_id)
      JOIN audit.vote_audit t ON t.vote_id = asked.vote_id
      LEFT JOIN audit.duplicate_attempts d ON d.vote_id = t.vote_id AND t.step = ?
      LEFT JOIN contests.contest c ON c.law_id = t.law_id
      ORDER BY t.at, t.step
      """;

  private final DataSource database;

  Trails(DataSource database) {
    this.database = database;
  }

  /** In the order of time; nothing for a vote that was never heard of. */
  List<TrailEntry> of(VoteId vote) throws SQLException {
    return of(List.of(vote)).getOrDefault(vote, List.of());
  }

  Map<VoteId, List<TrailEntry>> of(Collection<VoteId> votes) throws SQLException {
    Map<VoteId, List<TrailEntry>> trails = new HashMap<>();
    if (votes.isEmpty()) {
      return trails;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      new Columns<>(select, votes).bytes(VoteId::bytes);
      select.setInt(2, Stage.DUPLICATED.number());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          trails
              .computeIfAbsent(VoteId.of(rows.getBytes(1)), _ -> new ArrayList<>())
              .add(
                  new TrailEntry(
                      Stage.of(rows.getInt(2)),
                      rows.getString(3),
                      rows.getObject(4, OffsetDateTime.class).toInstant(),
                      rows.getBoolean(7),
                      rows.getString(5),
                      rows.getObject(6, Integer.class)));
        }
      }
    }
    return trails;
  }
}
