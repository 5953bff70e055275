package io.scrutin.simulation;

import io.scrutin.simulation.Fates.Passage;
import io.scrutin.simulation.Fates.Phase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A connection to Postgres, behind JDBC's own interfaces. */
final class SqlConnection {
  private static final String BROKEN = "08006";

  /** What the server does. */
  private interface Asked<T> {
    T answer(Transaction transaction) throws SQLException;
  }

  /** A statement and what its parameters are so far. */
  private record Prepared(
      SqlConnection connection, Statement statement, TreeMap<Integer, Object> parameters) {
    Prepared(SqlConnection connection, Statement statement) {
      this(connection, statement, new TreeMap<>());
    }

    List<List<@Nullable Object>> run() throws SQLException {
      return connection.run(statement, List.copyOf(parameters.values()));
    }

    @Nullable Object set(Object[] call) throws SQLException {
      Object value = call[1] instanceof Array array ? array.getArray() : call[1];
      parameters.put((Integer) call[0], value);
      return null;
    }
  }

  private static final Facade<Connection, SqlConnection> CONNECTIONS =
      Facade.<Connection, SqlConnection>of(Connection.class)
          .answering("setAutoCommit", (c, call) -> c.autoCommit = (Boolean) call[0])
          .answering("createArrayOf", (_, call) -> array((Object[]) call[1]))
          .answering("prepareStatement", (c, call) -> c.statement((String) call[0]))
          .answering("commit", (c, _) -> c.commit())
          .answering("rollback", (c, _) -> c.rollBack())
          .answering("close", (c, _) -> c.close());

  private static final Facade<Array, Object[]> ARRAYS =
      Facade.<Array, Object[]>of(Array.class).answering("getArray", (values, _) -> values);

  private static final Facade<PreparedStatement, Prepared> STATEMENTS =
      Facade.<PreparedStatement, Prepared>of(PreparedStatement.class)
          .answering("setArray", Prepared::set)
          .answering("setString", Prepared::set)
          .answering("setInt", Prepared::set)
          .answering("executeQuery", (statement, _) -> SqlRows.of(statement.run()))
          .answering("executeUpdate", (statement, _) -> statement.run().size())
          .answering("getConnection", (statement, _) -> statement.connection.facade)
          .answering("close", (_, _) -> null);

  private static Array array(Object[] values) {
    return ARRAYS.before(values);
  }

  private final World world;
  private final Fates fates;
  private final SimulatedPostgres server;
  private final SimulatedProcess process;
  private final Connection facade;
  private @Nullable Transaction transaction;
  private boolean autoCommit = true;
  private boolean broken;

  SqlConnection(World world, Fates fates, SimulatedPostgres server, SimulatedProcess process) {
    this.world = world;
    this.fates = fates;
    this.server = server;
    this.process = process;
    this.facade = CONNECTIONS.before(this);
  }

  Connection facade() {
    return facade;
  }

  /** From the server's side: what was not committed is not there. */
  void breaks() {
    broken = true;
    if (transaction != null) {
      transaction.rollBack();
    }
    server.closed(this);
  }

  private PreparedStatement statement(String sql) {
    return STATEMENTS.before(new Prepared(this, Statement.of(sql)));
  }

  private List<List<@Nullable Object>> run(Statement statement, List<Object> given)
      throws SQLException {
    return ask(
        statement.name(),
        own -> {
          if (statement.writes() && server.rollsBack()) {
            own.rollBack();
            throw new SQLException("deadlock detected", "40P01");
          }
          List<List<@Nullable Object>> rows =
              statement.run(new Statement.Context(server.tables(), own, world.instant()), given);
          if (autoCommit) {
            own.commit();
          }
          return rows;
        });
  }

  private <T> T ask(String what, Asked<T> asked) throws SQLException {
    String place = Places.of(what);
    fates.pass(process, place, Phase.BEFORE);
    Passage passage = fates.passage();
    world.sleep(fates.latency());
    if (passage == Passage.REQUEST_LOST) {
      breaks();
    }
    requireWhole();
    if (transaction == null || transaction.isOver()) {
      transaction = new Transaction();
    }
    T answer = asked.answer(transaction);
    requireWhole();
    fates.pass(process, place, Phase.AFTER);
    world.sleep(fates.latency());
    if (passage == Passage.ANSWER_LOST) {
      breaks();
    }
    requireWhole();
    return answer;
  }

  private void requireWhole() throws SQLException {
    if (broken) {
      throw new SQLException("the connection broke", BROKEN);
    }
  }

  private @Nullable Object commit() throws SQLException {
    return ask(
        "commit",
        own -> {
          own.commit();
          return Boolean.TRUE;
        });
  }

  private @Nullable Object rollBack() throws SQLException {
    requireWhole();
    if (transaction != null) {
      transaction.rollBack();
    }
    return null;
  }

  private @Nullable Object close() {
    breaks();
    return null;
  }
}
