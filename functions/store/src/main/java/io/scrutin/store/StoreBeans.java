package io.scrutin.store;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/** What store is made of. */
@Factory
final class StoreBeans {
  @Singleton
  BallotStore ballots(@Named("store") DataSource database) {
    return new BallotStore(database);
  }
}
