package io.scrutin.hashgen;

import io.scrutin.console.Surroundings.Login;
import io.scrutin.event.Bytes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/** The roll in Postgres, over one connection. */
final class RollTables implements AutoCloseable {
  /** The order makes it take the index: without, it reads the table through the rolls before. */
  private static final String FIND =
      """
      SELECT number, size, scheme, key_id, manifest_sha256, complete_at IS NOT NULL,
        (SELECT tag FROM roll.voter WHERE roll = number ORDER BY roll, tag LIMIT 1) IS NOT NULL
      FROM roll.roll WHERE law_id = ?
      """;

  private static final String LOCK = "advisory_lock(hashtext('scrutin roll'), hashtext(?))";

  private static final String BEGIN =
      "INSERT INTO roll.roll (law_id, size, scheme, key_id, manifest_sha256)"
          + " VALUES (?, ?, ?, ?, ?) RETURNING number";

  private static final String REPLACE =
      "UPDATE roll.roll SET size = ?, scheme = ?, key_id = ?, manifest_sha256 = ?"
          + " WHERE number = ? AND complete_at IS NULL";

  private final Connection connection;

  private RollTables(Connection connection) {
    this.connection = connection;
  }

  static RollTables open(Login login) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", login.password());
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("ApplicationName", "scrutin-hashgen");
    Connection connection = DriverManager.getConnection(login.url(), properties);
    connection.setAutoCommit(false);
    return new RollTables(connection);
  }

  /**
   * One command at a time works on a law's roll. The lock is the session's: it outlasts the
   * transaction of each shard. Postgres lets go of it when the process dies, and a minute after its
   * machine did: the role's settings have it look.
   *
   * @return whether nobody else has it
   */
  boolean tryLock(String lawId) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_" + LOCK)) {
      lock.setString(1, lawId);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        boolean ours = row.getBoolean(1);
        connection.commit();
        return ours;
      }
    }
  }

  /** Waits for as long as the role's statements may take. */
  void lock(String lawId) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_" + LOCK)) {
      lock.setString(1, lawId);
      lock.execute();
    }
    connection.commit();
  }

  Optional<KnownRoll> find(String lawId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, lawId);
      try (ResultSet row = select.executeQuery()) {
        Optional<KnownRoll> roll =
            row.next()
                ? Optional.of(
                    new KnownRoll(
                        row.getInt(1),
                        row.getLong(2),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)),
                        Optional.ofNullable(row.getBytes(5)).map(Bytes::of),
                        row.getBoolean(6),
                        row.getBoolean(7)))
                : Optional.empty();
        connection.commit();
        return roll;
      }
    }
  }

  int begin(Manifest roll, Bytes manifestSha256) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(BEGIN)) {
      insert.setString(1, roll.lawId());
      insert.setLong(2, roll.count());
      insert.setString(3, roll.scheme());
      insert.setString(4, roll.keyId());
      insert.setBytes(5, manifestSha256.toArray());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        int number = row.getInt(1);
        connection.commit();
        return number;
      }
    }
  }

  void replace(int number, Manifest roll, Bytes manifestSha256) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REPLACE)) {
      update.setLong(1, roll.count());
      update.setString(2, roll.scheme());
      update.setString(3, roll.keyId());
      update.setBytes(4, manifestSha256.toArray());
      update.setInt(5, number);
      update.executeUpdate();
      connection.commit();
    }
  }

  /** The shards that are in, by number, with their digests. */
  Map<Integer, Bytes> shards(int number) throws SQLException {
    Map<Integer, Bytes> shards = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("SELECT shard, sha256 FROM roll.shard WHERE roll = ?")) {
      select.setInt(1, number);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          shards.put(rows.getInt(1), Bytes.of(rows.getBytes(2)));
        }
      }
    }
    connection.commit();
    return shards;
  }

  /** Inside the transaction that {@link #finishShard} ends. */
  VoterCopy copyIn(int number) throws SQLException {
    return new VoterCopy(connection.unwrap(PGConnection.class).getCopyAPI(), number);
  }

  /** The voters of a shard and the record of it become visible together. */
  void finishShard(int number, int shard, Manifest.Shard its) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO roll.shard (roll, shard, sha256, size) VALUES (?, ?, ?, ?)")) {
      insert.setInt(1, number);
      insert.setInt(2, shard);
      insert.setBytes(3, its.sha256().toArray());
      insert.setLong(4, its.count());
      insert.executeUpdate();
    }
    connection.commit();
  }

  void complete(int number) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE roll.roll SET complete_at = now() WHERE number = ? AND complete_at IS NULL")) {
      update.setInt(1, number);
      update.executeUpdate();
    }
    connection.commit();
  }

  /** All tags of a roll in order. */
  VoterStream read(int number) throws SQLException {
    try (Statement plan = connection.createStatement()) {
      // Fresh from a load, the table has no statistics: Postgres would sort all of it on disk.
      plan.execute("SET LOCAL enable_sort = off");
      plan.execute("SET LOCAL enable_seqscan = off");
      plan.execute("SET LOCAL max_parallel_workers_per_gather = 0");
    }
    return new VoterStream(connection.unwrap(PGConnection.class).getCopyAPI(), number);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
