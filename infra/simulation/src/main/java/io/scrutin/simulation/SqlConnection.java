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
    this.facade =
        Facade.of(Connection.class)
            .answering("setAutoCommit", call -> autoCommit = (Boolean) call[0])
            .answering("createArrayOf", call -> array((Object[]) call[1]))
            .answering("prepareStatement", call -> statement((String) call[0]))
            .answering("commit", _ -> commit())
            .answering("rollback", _ -> rollBack())
            .answering("close", _ -> close())
            .made();
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

  private static Array array(Object[] values) {
    return Facade.of(Array.class).answering("getArray", _ -> values).made();
  }

  private PreparedStatement statement(String sql) {
    TreeMap<Integer, Object> parameters = new TreeMap<>();
    Facade.Answering set =
        call -> {
          Object value = call[1] instanceof Array array ? array.getArray() : call[1];
          parameters.put((Integer) call[0], value);
          return null;
        };
    return Facade.of(PreparedStatement.class)
        .answering("setArray", set)
        .answering("setString", set)
        .answering("setInt", set)
        .answering("executeQuery", _ -> SqlRows.of(run(sql, parameters)))
        .answering("executeUpdate", _ -> run(sql, parameters).size())
        .answering("getConnection", _ -> facade)
        .answering("close", _ -> null)
        .made();
  }

  private List<List<@Nullable Object>> run(String sql, TreeMap<Integer, Object> parameters)
      throws SQLException {
    Statement statement = Statement.of(sql);
    List<Object> given = List.copyOf(parameters.values());
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
