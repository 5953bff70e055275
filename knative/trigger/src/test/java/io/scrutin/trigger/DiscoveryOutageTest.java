package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.testing.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The API server or a function is away, or there are two triggers: votes go on. */
class DiscoveryOutageTest extends OnCluster {
  private static final Duration SOON = Duration.ofMillis(200);

  @Test
  void goesOnWhileTheApiServerIsAway() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST, "batch", "10");
    try (DiscoveringTrigger trigger = trigger(SOON)) {
      Await.until(trigger.discovery::isWatching, "it watches");
      Await.until(() -> trigger.names().equals(List.of("verify")), "bound");
      cluster.wire.cut();
      Await.until(() -> !trigger.discovery.isWatching(), "it is known to be away");
      publish(nats, casts(0, 50));
      awaitVerified(0, 50);
      cluster.annotate("verify", "in-flight", "3");
      cluster.annotate("verify", "batch", "5000");
      assertThat(trigger.names()).containsExactly("verify");
      cluster.wire.heal();
      Await.until(
          () -> durable(nats, "verify").getConsumerConfiguration().getMaxAckPending() == 30_000,
          "what was changed meanwhile is found");
      Await.until(trigger.discovery::isWatching, "it watches again");
      publish(nats, casts(50, 100));
      awaitVerified(50, 100);
    }
  }

  @Test
  void goesOnWhileTheApiServerDoesNotAnswer() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST);
    try (DiscoveringTrigger trigger = trigger(SOON)) {
      Await.until(() -> trigger.names().equals(List.of("verify")), "bound");
      cluster.wire.hang();
      Await.until(() -> !trigger.discovery.isWatching(), "it is known to be away");
      cluster.delete("verify");
      publish(nats, casts(0, 50));
      awaitVerified(0, 50);
      assertThat(trigger.names()).containsExactly("verify");
      cluster.wire.heal();
      Await.until(() -> trigger.names().isEmpty(), "it is gone, the API server says");
    }
  }

  @Test
  void startsBeforeTheApiServerDoes() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST);
    cluster.wire.cut();
    publish(nats, casts(0, 50));
    try (DiscoveringTrigger trigger = trigger()) {
      assertThat(trigger.discovery.isWatching()).isFalse();
      cluster.wire.heal();
      awaitVerified(0, 50);
    }
  }

  @Test
  void looksAgainNowAndThen() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST);
    try (DiscoveringTrigger trigger = trigger(SOON)) {
      Await.until(() -> trigger.names().equals(List.of("verify")), "bound");
      // Whatever made it stop: nobody at the API server has changed anything.
      trigger.trigger.bindings.stop("verify");
      publish(nats, casts(0, 50));
      awaitVerified(0, 50);
    }
  }

  @Test
  void twoTriggersAgreeAndLoseNothing() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST, "batch", "10", "in-flight", "1");
    try (DiscoveringTrigger first = trigger()) {
      try (DiscoveringTrigger second = trigger()) {
        Await.until(() -> first.names().equals(List.of("verify")), "bound here");
        Await.until(() -> second.names().equals(List.of("verify")), "and there");
        publish(nats, casts(0, 150));
        cluster.makeReady("verify", other.url());
        publish(nats, casts(150, 300));
        cluster.annotate("verify", "batch", "20");
        publish(nats, casts(300, 450));
        for (DiscoveringTrigger each : List.of(first, second)) {
          Await.until(() -> hasTheLast(each), "each has the last of what the Service said");
        }
        assertThat(first.trigger.bindings.configs()).isEqualTo(second.trigger.bindings.configs());
      }
      // The one that ended gave back what it had; the other finishes it.
      publish(nats, casts(450, 500));
      awaitVerified(0, 500);
      assertThat(parked()).isEmpty();
    }
  }

  private boolean hasTheLast(DiscoveringTrigger trigger) {
    List<BindingConfig> configs = trigger.trigger.bindings.configs();
    return configs.size() == 1
        && configs.getFirst().batch() == 20
        && String.valueOf(configs.getFirst().url()).startsWith(other.url().toString());
  }

  @Test
  void countsNothingAgainstEventsWhoseFunctionIsWokenOrGone() throws Exception {
    try (TestFunction waking = new TestFunction(TestStep.verifying());
        DiscoveringTrigger trigger = trigger()) {
      cluster.add("verify", waking.url().resolve("/"), "subject", CAST, "batch", "2");
      for (int status : List.of(404, 503, 502, 429)) {
        waking.alwaysAnswer(status, new byte[0]);
        int before = waking.requests();
        publish(nats, casts(status, status + 10));
        Await.until(() -> waking.requests() > before + 10, "asked in vain, again and again");
      }
      waking.stop();
      publish(nats, casts(0, 10));
      assertThat(parked()).isEmpty();
      waking.beWell();
      waking.startAgain();
      awaitVerified(0, 10);
      for (int status : List.of(404, 503, 502, 429)) {
        awaitVerified(status, status + 10);
      }
      assertThat(parked()).isEmpty();
      assertThat(trigger.trigger.stats("verify").retried()).isZero();
    }
  }
}
