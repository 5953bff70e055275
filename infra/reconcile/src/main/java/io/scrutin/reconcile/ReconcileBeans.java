package io.scrutin.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.scrutin.books.BookPlaces;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What reconcile is made of, where it is a process of its own and not a command. */
@Factory
@Requires(env = "reconcile")
final class ReconcileBeans {
  @Singleton
  BookPlaces places(
      @Property(name = "datasources.reconcile.url") String postgresUrl,
      @Property(name = "datasources.reconcile.username") String user,
      @Property(name = "datasources.reconcile.password", defaultValue = "") String password,
      @Property(name = "scrutin.nats-url") String natsUrl,
      @Property(name = "scrutin.redis-url") String redisUrl,
      @Property(name = "scrutin.environment", defaultValue = "local") String environment) {
    return new BookPlaces(postgresUrl, user, password, natsUrl, redisUrl, environment);
  }

  @Singleton
  LookIntoBooks look(BookPlaces places, ReconcileConfig config) {
    return new LookIntoBooks(places, config.longestLook());
  }

  @Singleton
  BooksWatch watch(MeterRegistry registry, Clock clock) {
    return new BooksWatch(registry, clock);
  }

  @Singleton
  @Named("reconcile")
  GuardedSettings settings() {
    return new GuardedSettings("reconcile", ReconcileConfig.class);
  }
}
