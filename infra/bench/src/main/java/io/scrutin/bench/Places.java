package io.scrutin.bench;

import io.scrutin.broker.BrokerLink;
import io.scrutin.console.Surroundings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** The servers of a system that is measured, as who only looks sees them. */
final class Places implements AutoCloseable {
  /** May read every table and write none. */
  static final String ROLE = "reconcile";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Surroundings surroundings;
  private final BrokerLink broker;
  private final io.nats.client.Connection nats;

  Places(Surroundings surroundings) throws InterruptedException {
    this.surroundings = surroundings;
    this.broker = BrokerLink.open(surroundings.get(Surroundings.NATS_URL), "bench");
    this.nats = broker.await(PATIENCE);
  }

  Surroundings surroundings() {
    return surroundings;
  }

  io.nats.client.Connection nats() {
    return nats;
  }

  Connection postgres() throws SQLException {
    return database(ROLE).getConnection();
  }

  PGSimpleDataSource database(String role) {
    Surroundings.Login login = surroundings.postgres(role);
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(login.url());
    database.setUser(login.user());
    database.setPassword(login.password());
    return database;
  }

  static long number(Connection postgres, String sql) throws SQLException {
    try (PreparedStatement select = postgres.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws InterruptedException {
    broker.close();
  }
}
