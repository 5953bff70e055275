package io.scrutin.results;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** {@code votes_by_law{law_id,choice}}: what is withheld from readers is not here either. */
@Singleton
final class ResultsMetrics {
  private record Series(String lawId, String choice) {}

  private final MeterRegistry registry;
  private final Map<Series, AtomicLong> votes = new ConcurrentHashMap<>();

  ResultsMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void show(Results results) {
    if (results.counts() != null) {
      for (Results.Count count : results.counts()) {
        votes
            .computeIfAbsent(new Series(results.lawId(), count.choice()), this::gauge)
            .set(count.votes());
      }
    }
  }

  private AtomicLong gauge(Series series) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("votes.by.law", value, AtomicLong::doubleValue)
        .description("Counted ballots, as far as the contest's policy lets them be seen")
        .tag("law_id", series.lawId())
        .tag("choice", series.choice())
        .register(registry);
    return value;
  }
}
