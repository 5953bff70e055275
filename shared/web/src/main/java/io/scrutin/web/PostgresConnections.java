package io.scrutin.web;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;

/**
 * {@code postgres_connections{pool}}, idle ones included: under this name whatever pool keeps them.
 */
@Singleton
final class PostgresConnections implements MeterFilter {
  private static final String IN_HIKARI = "hikaricp.connections";

  @Override
  public Meter.Id map(Meter.Id id) {
    return id.getName().equals(IN_HIKARI) ? id.withName("postgres.connections") : id;
  }
}
