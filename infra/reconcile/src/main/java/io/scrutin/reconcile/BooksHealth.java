package io.scrutin.reconcile;

import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import org.reactivestreams.Publisher;

/** What the last look found. Never down: no restart of this process would balance the books. */
@Singleton
@Requires(env = "reconcile")
final class BooksHealth implements HealthIndicator {
  private final BooksWatch watch;

  BooksHealth(BooksWatch watch) {
    this.watch = watch;
  }

  @Override
  public Publisher<HealthResult> getResult() {
    Map<String, Object> details =
        watch
            .last()
            .map(
                seen ->
                    Map.<String, Object>of(
                        "looked_at", seen.at().toString(),
                        "balanced", seen.balanced(),
                        "compared", seen.compared(),
                        "differences", seen.differences()))
            .orElse(Map.of());
    return Publishers.just(HealthResult.builder("books", HealthStatus.UP).details(details).build());
  }
}
