package io.scrutin.trigger;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.scrutin.broker.BrokerLink;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.reactivestreams.Publisher;

/** Ready while connected. Unlike a function, a trigger without a broker has nothing to answer. */
@Singleton
@Readiness
final class BrokerReadiness implements HealthIndicator {
  private final BrokerLink broker;

  BrokerReadiness(@Named("trigger") BrokerLink broker) {
    this.broker = broker;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    HealthStatus status = broker.connection().isPresent() ? HealthStatus.UP : HealthStatus.DOWN;
    return Publishers.just(HealthResult.builder("nats", status).build());
  }
}
