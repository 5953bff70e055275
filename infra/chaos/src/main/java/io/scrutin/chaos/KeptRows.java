package io.scrutin.chaos;

import io.scrutin.chaos.Evidence.ContestEnd;
import io.scrutin.chaos.Evidence.Participation;
import io.scrutin.chaos.Evidence.Trail;
import io.scrutin.election.Tables;
import io.scrutin.event.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/** What Postgres keeps, asked as the owner of the schema. */
final class KeptRows {
  private static final String WAITING = "SELECT count(*) FROM store.envelope WHERE law_id = ?";
  private static final String SPOILED = "SELECT count(*) FROM tally.spoiled WHERE law_id = ?";
  private static final int RECORDED = 2;
  private static final int DUPLICATE = 3;
  private static final int REJECTED = 4;
  private static final int PARKED = 5;

  private final DataSource owner;

  KeptRows(DataSource owner) {
    this.owner = owner;
  }

  Tables of(String lawId) {
    return new Tables(owner, lawId);
  }

  /**
   * @param voters by tag, in hexadecimal
   */
  Map<String, Participation> participations(List<String> laws, Map<String, Integer> voters)
      throws SQLException {
    Map<String, Participation> found = new HashMap<>();
    for (String law : laws) {
      of(law)
          .participations()
          .forEach(
              (id, tag) ->
                  found.put(
                      id, new Participation(law, voters.getOrDefault(tag, Evidence.STRANGER))));
    }
    return found;
  }

  /** Votes of which it is known what became of them. */
  Set<String> settled() throws SQLException {
    Set<String> settled = new HashSet<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT vote_id FROM audit.vote_audit WHERE step > 1");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        settled.add(Bytes.of(rows.getBytes(1)).hex());
      }
    }
    return settled;
  }

  Map<String, Trail> trail() throws SQLException {
    Map<String, Trail> trail = new HashMap<>();
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT vote_id, step, detail FROM audit.vote_audit");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        int step = rows.getInt(2);
        String detail = Objects.requireNonNullElse(rows.getString(3), "");
        trail.merge(
            Bytes.of(rows.getBytes(1)).hex(),
            new Trail(
                step == RECORDED,
                step == DUPLICATE,
                step == REJECTED,
                step == PARKED,
                step == REJECTED ? detail : ""),
            KeptRows::both);
      }
    }
    return trail;
  }

  private static Trail both(Trail one, Trail other) {
    return new Trail(
        one.recorded() || other.recorded(),
        one.duplicate() || other.duplicate(),
        one.rejected() || other.rejected(),
        one.parked() || other.parked(),
        one.reason() + other.reason());
  }

  ContestEnd end(String lawId) throws SQLException {
    Tables tables = of(lawId);
    return new ContestEnd(
        closesAt(lawId),
        tables.recount(),
        tables.tally(),
        tables.number(WAITING),
        tables.number(SPOILED));
  }

  long waiting(String lawId) throws SQLException {
    return of(lawId).number(WAITING);
  }

  Instant closesAt(String lawId) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT closes_at FROM contests.contest WHERE law_id = ?")) {
      select.setString(1, lawId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getTimestamp(1).toInstant();
      }
    }
  }
}
