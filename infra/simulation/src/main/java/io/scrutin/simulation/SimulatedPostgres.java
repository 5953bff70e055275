package io.scrutin.simulation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** One Postgres, as its clients see it: transactions, locks, and connections that break. */
final class SimulatedPostgres {
  private static final int LONGEST_NOTICE_MILLIS = 3_000;

  private record Source(SimulatedPostgres server, SimulatedProcess process) {}

  private static final Facade<DataSource, Source> SOURCES =
      Facade.<DataSource, Source>of(DataSource.class)
          .answering("getConnection", (source, _) -> source.server.connect(source.process));

  private final World world;
  private final Fates fates;
  private final Tables tables = new Tables();
  private final List<SqlConnection> connections = new ArrayList<>();
  private double rollbacks;
  private boolean up = true;

  SimulatedPostgres(World world, Fates fates) {
    this.world = world;
    this.fates = fates;
  }

  Tables tables() {
    return tables;
  }

  /** A process's way to it. */
  DataSource dataSource(SimulatedProcess process) {
    return SOURCES.before(new Source(this, process));
  }

  private Connection connect(SimulatedProcess process) throws SQLException {
    if (!up) {
      world.sleep(fates.latency());
      throw new SQLException("connection refused", "08001");
    }
    SqlConnection connection = new SqlConnection(world, fates, this, process);
    connections.add(connection);
    // A server notices some time later that a client is gone, and its locks last until then.
    process.whenGone(
        () ->
            world.after(
                Duration.ofMillis(world.chance().nextInt(LONGEST_NOTICE_MILLIS)),
                connection::breaks));
    return connection.facade();
  }

  void closed(SqlConnection connection) {
    connections.remove(connection);
  }

  boolean isUp() {
    return up;
  }

  /** That share of writing statements ends in a rolled-back transaction, as in a deadlock. */
  void rollingBack(double share) {
    rollbacks = share;
  }

  boolean rollsBack() {
    return rollbacks > 0 && world.chance().nextDouble() < rollbacks;
  }

  /** As an immediate shutdown does: what is committed stays, all else is gone. */
  void stop() {
    up = false;
    List.copyOf(connections).forEach(SqlConnection::breaks);
  }

  void start() {
    up = true;
  }
}
