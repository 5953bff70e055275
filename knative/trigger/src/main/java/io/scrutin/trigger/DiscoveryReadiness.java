package io.scrutin.trigger;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.reactivestreams.Publisher;

/**
 * Not ready until it has carried out a list of Services: a rolling update would replace triggers
 * that work by ones that have nothing to do. Then ready for ever; without the API server the
 * bindings go on as they were.
 */
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
    Map<String, Object> details = new TreeMap<>();
    details.put("watching", discovery.isWatching());
    details.put("services", discovery.standings());
    Optional<String> lack = discovery.lack();
    lack.ifPresent(why -> details.put("lack", why));
    return Publishers.just(
        HealthResult.builder("discovery", lack.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(details)
            .build());
  }
}
