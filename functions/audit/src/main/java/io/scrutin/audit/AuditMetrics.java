package io.scrutin.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** {@code duplicate_attempts_total}. */
@Singleton
final class AuditMetrics {
  private final Counter duplicates;

  AuditMetrics(MeterRegistry registry) {
    duplicates =
        Counter.builder("duplicate.attempts")
            .description("Attempts of voters whose vote was recorded already")
            .register(registry);
  }

  void countDuplicates(int attempts) {
    duplicates.increment(attempts);
  }
}
