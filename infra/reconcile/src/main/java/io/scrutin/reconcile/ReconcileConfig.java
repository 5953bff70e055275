package io.scrutin.reconcile;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * @param longestLook less than what Knative gives a request (600 s), and less than the time between
 *     two heartbeats, so that a look never meets the next
 */
@ConfigurationProperties("reconcile")
@Requires(env = "reconcile")
record ReconcileConfig(@Bindable(defaultValue = "9m") Duration longestLook) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  ReconcileConfig {
    if (!longestLook.isPositive() || longestLook.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "reconcile.longest-look is more than 0s, up to " + LONGEST);
    }
  }
}
