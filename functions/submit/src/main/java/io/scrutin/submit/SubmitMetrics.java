package io.scrutin.submit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.scrutin.broker.BrokerRefused;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What submit tells of itself: how many and how fast, never who or what. */
@Singleton
final class SubmitMetrics {
  private final Counter submitted;
  private final Timer latency;
  private final RecentRate rate = new RecentRate(System::nanoTime);
  private final Map<BrokerRefused.Why, Counter> refused = new EnumMap<>(BrokerRefused.Why.class);

  SubmitMetrics(MeterRegistry registry) {
    submitted =
        Counter.builder("votes.submitted")
            .description("Votes that the broker confirmed to keep")
            .register(registry);
    latency =
        Timer.builder("submit.latency")
            .description("Time from a checked vote to the broker's confirmation")
            .publishPercentileHistogram()
            .register(registry);
    Gauge.builder("votes.per.second", rate, RecentRate::perSecond)
        .description("Votes taken in a second, over the last ten")
        .register(registry);
    for (BrokerRefused.Why why : BrokerRefused.Why.values()) {
      refused.put(
          why,
          Counter.builder("votes.not.kept")
              .description("Votes answered 503, since the broker could not keep them")
              .tag("why", why.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
  }

  void submitted(long nanos) {
    submitted.increment();
    rate.count();
    latency.record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused(BrokerRefused.Why why) {
    Counter counter = refused.get(why);
    if (counter != null) {
      counter.increment();
    }
  }
}
