package io.scrutin.verify;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** {@code votes_validated_total{status}}. */
@Singleton
final class VerifyMetrics {
  private final MeterRegistry registry;

  VerifyMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(Verdict verdict) {
    registry.counter("votes.validated", "status", status(verdict)).increment();
  }

  private static String status(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified _ -> "verified";
      case Verdict.Rejected rejected -> rejected.reason().name().toLowerCase(java.util.Locale.ROOT);
      case Verdict.NotYet _ -> "not_yet";
      case Verdict.Suspect _ -> "suspect";
    };
  }
}
