package io.scrutin.trigger;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/** Discovery, where it is wanted; elsewhere nothing of Kubernetes is loaded. */
@Factory
final class DiscoveryBeans {
  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  @Singleton
  @Named("trigger.discovery")
  GuardedSettings discoverySettings() {
    return new GuardedSettings("trigger.discovery", DiscoveryConfig.class);
  }

  @Singleton
  @Bean(preDestroy = "close")
  @Requires(property = "trigger.discovery.enabled", value = "true")
  Discovery discovery(
      DiscoveryConfig config,
      Bindings bindings,
      Collection<BindingConfig> configured,
      MeterRegistry meters) {
    if (!configured.isEmpty()) {
      throw new IllegalArgumentException(
          "trigger.bindings and trigger.discovery.enabled: one of them says what runs");
    }
    KubernetesClient client = client();
    String namespace =
        config
            .ownNamespace()
            .or(() -> Optional.ofNullable(client.getNamespace()))
            .orElseThrow(
                () -> new IllegalArgumentException("trigger.discovery.namespace: not in a pod"));
    return new Discovery(
        new Cluster(client, namespace), bindings, config, new DiscoveryMetrics(meters));
  }

  /** In a pod: the API server of its cluster, by the token of its service account. */
  private static KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
            // Discovery tries again by itself, and says meanwhile that it does.
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
