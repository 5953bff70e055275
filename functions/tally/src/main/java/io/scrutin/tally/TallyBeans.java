package io.scrutin.tally;

import io.micronaut.context.annotation.Factory;
import io.scrutin.contest.Contests;
import io.scrutin.event.EventCodec;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** What tally is made of. The names keep functions apart that share one process. */
@Factory
final class TallyBeans {
  @Singleton
  @Named("tally")
  Contests contests(@Named("tally") DataSource database, EventCodec codec, Clock clock) {
    return new Contests(database, codec, clock, System::nanoTime);
  }

  @Singleton
  BallotBox box(@Named("tally") DataSource database) {
    return new BallotBox(database);
  }

  @Singleton
  HeldKeys keys(TallyConfig config) {
    return new HeldKeys(config.keysDir().resolve("ballot"));
  }

  /** Whoever could guess the order of the box could tell whose ballot is whose. */
  @Singleton
  @Named("tally")
  RandomGenerator order() {
    return new SecureRandom();
  }

  @Singleton
  @Named("tally")
  GuardedSettings settings() {
    return new GuardedSettings("tally", TallyConfig.class);
  }
}
