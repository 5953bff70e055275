package io.scrutin.trigger;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether bindings are those that Knative Services ask for, and where these are.
 *
 * @param enabled otherwise bindings are the settings under {@code trigger.bindings}
 * @param namespace of the Services; the trigger's own when it is absent
 * @param resync how often the Services are read though nobody said that they changed
 * @param awayFirst the first wait for an API server that is away, doubling up to {@code
 *     awayLongest}
 */
@ConfigurationProperties("trigger.discovery")
record DiscoveryConfig(
    @Bindable(defaultValue = "false") boolean enabled,
    @Nullable String namespace,
    @Bindable(defaultValue = "5m") Duration resync,
    @Bindable(defaultValue = "1s") Duration awayFirst,
    @Bindable(defaultValue = "30s") Duration awayLongest) {

  DiscoveryConfig {
    if (namespace != null && !namespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException("there is no namespace of the name " + namespace);
    }
    if (!resync.isPositive() || !awayFirst.isPositive() || awayLongest.compareTo(awayFirst) < 0) {
      throw new IllegalArgumentException(
          "resync and away-first are above zero, away-longest at least away-first");
    }
  }

  Backoff away() {
    return new Backoff(awayFirst, awayLongest);
  }

  Optional<String> ownNamespace() {
    return Optional.ofNullable(namespace);
  }
}
