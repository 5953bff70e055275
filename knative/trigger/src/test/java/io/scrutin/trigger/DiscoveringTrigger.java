package io.scrutin.trigger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scrutin.testing.TestNats;
import java.time.Duration;
import java.util.List;

/** A trigger whose bindings are what a cluster's Services ask for. */
final class DiscoveringTrigger implements AutoCloseable {
  final TestTrigger trigger;
  final Discovery discovery;
  final MeterRegistry meters;

  DiscoveringTrigger(TestNats.Environment nats, TestCluster cluster, Duration resync) {
    this(nats, cluster, resync, new SimpleMeterRegistry());
  }

  /**
   * @param meters of the discovery
   */
  DiscoveringTrigger(
      TestNats.Environment nats, TestCluster cluster, Duration resync, MeterRegistry meters) {
    this.trigger = new TestTrigger(nats, TestTrigger.PATIENT);
    this.meters = meters;
    DiscoveryConfig config =
        new DiscoveryConfig(true, null, resync, Duration.ofMillis(20), Duration.ofMillis(200));
    this.discovery =
        new Discovery(cluster.seen(), trigger.bindings, config, new DiscoveryMetrics(meters));
    discovery.start();
  }

  List<String> names() {
    return trigger.bindings.configs().stream().map(BindingConfig::name).sorted().toList();
  }

  boolean stands(String service, String how) {
    return discovery.standings().getOrDefault(service, "unknown").startsWith(how);
  }

  @Override
  public void close() {
    discovery.halt();
    trigger.close();
    discovery.close();
  }
}
