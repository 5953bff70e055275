package io.scrutin.trigger;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Tells and never refuses: without the API server the bindings go on as they were. */
@Singleton
@Readiness
@Requires(beans = Discovery.class)
final class DiscoveryReadiness implements HealthIndicator {
  private final Discovery discovery;

  DiscoveryReadiness(Discovery discovery) {
    this.discovery = discovery;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return Publishers.just(
        HealthResult.builder("discovery", HealthStatus.UP)
            .details(Map.of("watching", discovery.isWatching(), "services", discovery.standings()))
            .build());
  }
}
