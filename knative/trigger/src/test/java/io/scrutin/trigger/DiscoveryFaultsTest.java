package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scrutin.testing.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Something in the trigger itself breaks while it looks. */
class DiscoveryFaultsTest extends OnCluster {
  private static final Duration SOON = Duration.ofMillis(200);

  /** A registry that fails, or an error past all catching, whenever a change is counted. */
  private static final class Faulty extends SimpleMeterRegistry {
    private final AtomicInteger faults = new AtomicInteger();
    private volatile boolean fatal;
    private volatile boolean well;

    @Override
    protected Counter newCounter(Meter.Id id) {
      if (well) {
        return super.newCounter(id);
      }
      faults.incrementAndGet();
      if (fatal) {
        throw new StackOverflowError("a fault of a test");
      }
      throw new IllegalStateException("a fault of a test");
    }
  }

  private DiscoveringTrigger trigger(Faulty faulty) {
    return new DiscoveringTrigger(nats, cluster, SOON, faulty);
  }

  @Test
  void looksAgainAfterALookThatBroke() throws Exception {
    Faulty faulty = new Faulty();
    cluster.add("verify", one.url(), "subject", CAST);
    try (DiscoveringTrigger trigger = trigger(faulty)) {
      Await.until(() -> faulty.faults.get() > 0, "it broke");
      publish(nats, casts(0, 20));
      awaitVerified(0, 20);
      faulty.well = true;
      cluster.add("audit", other.url(), "subject.cast", CAST);
      Await.until(() -> trigger.names().contains("audit-cast"), "it goes on");
      Await.until(trigger.discovery::isWatching, "and says so");
    }
  }

  @Test
  void saysThatItLooksNoMore() throws Exception {
    Faulty faulty = new Faulty();
    faulty.fatal = true;
    cluster.add("verify", one.url(), "subject", CAST);
    try (DiscoveringTrigger trigger = trigger(faulty)) {
      Await.until(() -> faulty.faults.get() > 0, "it broke");
      Await.until(() -> !trigger.discovery.isWatching(), "it is known");
      assertThat(trigger.meters.get("trigger_watching").gauge().value()).isZero();
      publish(nats, casts(0, 20));
      awaitVerified(0, 20);
    }
  }
}
