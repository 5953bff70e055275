package io.scrutin.step;

import io.micronaut.context.annotation.Factory;
import io.scrutin.event.EventCodec;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What every function is given besides its own. */
@Factory
final class StepBeans {
  @Singleton
  EventCodec codec() {
    return new EventCodec();
  }

  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
