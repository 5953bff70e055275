package io.scrutin.verify;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code votes_validated_total{status}} and {@code validation_latency_seconds}. */
@Singleton
final class VerifyMetrics {
  private final MeterRegistry registry;
  private final Timer latency;
  private final Clock clock;

  VerifyMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.latency =
        Timer.builder("validation.latency")
            .description("From the broker's stamp on a cast to verify's verdict")
            .publishPercentiles(0.5, 0.95, 0.99)
            .register(registry);
  }

  void count(Verdict verdict, @Nullable Instant stampedAt) {
    registry.counter("votes.validated", "status", status(verdict)).increment();
    if (stampedAt != null) {
      latency.record(Duration.between(stampedAt, clock.instant()));
    }
  }

  private static String status(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified _ -> "verified";
      case Verdict.Rejected rejected -> rejected.reason().name().toLowerCase(Locale.ROOT);
      case Verdict.NotYet _ -> "not_yet";
      case Verdict.WrongRoll _ -> "wrong_roll";
      case Verdict.Suspect _ -> "suspect";
    };
  }
}
