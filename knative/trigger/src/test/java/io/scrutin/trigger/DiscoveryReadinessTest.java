package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthResult;
import io.scrutin.event.EventType;
import io.scrutin.testing.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A rolling update goes on when the new one is ready: then the old one, and its bindings, end. */
class DiscoveryReadinessTest extends OnCluster {
  private static final Duration SOON = Duration.ofMillis(200);

  private static HealthResult health(DiscoveringTrigger trigger) {
    HealthResult health =
        Mono.from(new DiscoveryReadiness(trigger.discovery).getResult())
            .blockOptional()
            .orElseThrow();
    assertThat(health.getDetails().toString()).contains("watching", "services");
    return health;
  }

  private static boolean isReady(DiscoveringTrigger trigger) {
    return health(trigger).getStatus().equals(HealthStatus.UP);
  }

  private static String details(DiscoveringTrigger trigger) {
    return health(trigger).getDetails().toString();
  }

  @Test
  void isReadyOnceItCarriesWhatIsAskedForAndStaysSo() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST);
    cluster.wire.cut();
    try (DiscoveringTrigger trigger = trigger(SOON)) {
      assertThat(isReady(trigger)).isFalse();
      assertThat(details(trigger)).contains("not listed yet");
      cluster.wire.heal();
      Await.until(() -> isReady(trigger), "ready");
      assertThat(trigger.names()).containsExactly("verify");
      cluster.wire.cut();
      Await.until(() -> !trigger.discovery.isWatching(), "it is known to be away");
      assertThat(isReady(trigger)).isTrue();
      cluster.wire.heal();
      cluster.delete("verify");
      Await.until(() -> trigger.names().isEmpty(), "stopped, for there is no Service any more");
      assertThat(isReady(trigger)).isTrue();
    }
  }

  @Test
  void isNotReadyOnAListOfNothing() throws Exception {
    cluster.add("results", other.url());
    try (DiscoveringTrigger trigger = trigger()) {
      Await.until(() -> trigger.stands("results", "idle"), "listed");
      Await.until(() -> details(trigger).contains("no Service has a binding"), "it says why");
      assertThat(isReady(trigger)).isFalse();
      cluster.add("verify", one.url(), "subject", CAST);
      Await.until(() -> isReady(trigger), "ready");
    }
  }

  @Test
  void isNotReadyWhileAServiceIsRefusedThatAnOlderTriggerMayStillServe() throws Exception {
    cluster.add("audit", other.url(), "subject", EventType.VOTE_VERIFIED.type());
    cluster.add("verify", one.url(), "subject", CAST);
    try (DiscoveringTrigger older = trigger()) {
      Await.until(() -> isReady(older), "ready");
      cluster.annotate("verify", "batch", "many");
      Await.until(() -> older.stands("verify", "refused"), "refused there");
      assertThat(older.names()).containsExactly("audit", "verify");
      assertThat(isReady(older)).isTrue();
      try (DiscoveringTrigger fresh = trigger()) {
        Await.until(() -> fresh.names().equals(List.of("audit")), "the other is bound");
        Await.until(() -> details(fresh).contains("Service verify is refused"), "it says why");
        assertThat(isReady(fresh)).isFalse();
        cluster.annotate("verify", "batch", "20");
        Await.until(() -> isReady(fresh), "ready");
        assertThat(fresh.names()).containsExactly("audit", "verify");
      }
    }
  }
}
