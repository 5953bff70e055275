package io.scrutin.testing;

import io.scrutin.event.Contest;
import io.scrutin.event.EventCodec;
import io.scrutin.postgres.Roles;
import io.scrutin.servers.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of a test's own. The server trusts everybody: no role has a password. */
public record TestDatabase(String jdbcUrl) {
  /**
   * As that function's role: what is not granted to it fails in the test as it would in service.
   */
  public DataSource dataSource(String function) {
    return connectingAs(Roles.of(function));
  }

  /** As the owner of everything, to prepare and to look. */
  public DataSource ownerDataSource() {
    return connectingAs(PostgresServer.SUPERUSER);
  }

  /** As the owner. */
  public void run(String sql) throws SQLException {
    try (Connection connection = ownerDataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What the owner finds, in one row of one column. */
  public long number(String sql) throws SQLException {
    try (Connection connection = ownerDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Announced, as contests leaves it. */
  public void open(Contest contest) throws SQLException {
    put(contest, "open", contest.closesAt());
  }

  /** One that is there keeps its state, and closes at that moment. */
  public void put(Contest contest, String state, Instant closesAt) throws SQLException {
    try (Connection connection = ownerDataSource().getConnection();
        PreparedStatement upsert =
            connection.prepareStatement(
                "INSERT INTO contests.contest (law_id, definition, opens_at, closes_at, state)"
                    + " VALUES (?, ?::jsonb, ?, ?, ?)"
                    + " ON CONFLICT (law_id) DO UPDATE SET closes_at = excluded.closes_at")) {
      upsert.setString(1, contest.lawId());
      upsert.setString(2, new EventCodec().contestJson(contest));
      upsert.setTimestamp(3, Timestamp.from(contest.opensAt()));
      upsert.setTimestamp(4, Timestamp.from(closesAt));
      upsert.setString(5, state);
      upsert.executeUpdate();
    }
  }

  private DataSource connectingAs(String user) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setConnectTimeout(5);
    source.setSocketTimeout(60);
    return source;
  }
}
