package io.scrutin.trigger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.scrutin.trigger.PlanBindings.Standing;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What discovery shows of itself. */
final class DiscoveryMetrics {
  private final MeterRegistry registry;
  private final MultiGauge services;

  DiscoveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.services =
        MultiGauge.builder("trigger_service")
            .description("how a Knative Service stands: bound, idle, waiting or refused")
            .register(registry);
  }

  void watching(BooleanSupplier watching) {
    Gauge.builder("trigger_watching", watching, is -> is.getAsBoolean() ? 1 : 0)
        .description("whether the API server would tell of a change")
        .strongReference(true)
        .register(registry);
  }

  void services(Map<String, Standing> standings) {
    services.register(
        standings.entrySet().stream()
            .<MultiGauge.Row<?>>map(one -> MultiGauge.Row.of(tags(one.getKey(), one.getValue()), 1))
            .toList(),
        true);
  }

  private static Tags tags(String service, Standing standing) {
    return Tags.of("service", service, "state", standing.state().name().toLowerCase(Locale.ROOT));
  }

  void changed(String change) {
    registry.counter("trigger_binding_changes", "change", change).increment();
  }
}
