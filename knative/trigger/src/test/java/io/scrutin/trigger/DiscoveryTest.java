package io.scrutin.trigger;

import static io.scrutin.trigger.Casts.casts;
import static io.scrutin.trigger.TestTrigger.durable;
import static io.scrutin.trigger.TestTrigger.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.scrutin.event.StreamName;
import io.scrutin.step.Listens.By;
import io.scrutin.testing.Await;
import java.net.URI;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services come, change and go. */
class DiscoveryTest extends OnCluster {
  @Test
  void bindsAServiceThatIsAdded() throws Exception {
    try (DiscoveringTrigger trigger = trigger()) {
      publish(nats, casts(0, 20));
      cluster.add("verify", one.url(), "subject", CAST, "batch", "7");
      awaitVerified(0, 20);
      assertThat(trigger.stands("verify", "bound")).isTrue();
    }
  }

  @Test
  void waitsForAServiceThatIsNotReady() throws Exception {
    cluster.addUnready("verify", "subject", CAST);
    publish(nats, casts(0, 20));
    try (DiscoveringTrigger trigger = trigger()) {
      Await.until(() -> trigger.stands("verify", "waiting"), "it is seen");
      assertThat(trigger.names()).isEmpty();
      cluster.makeReady("verify", one.url());
      awaitVerified(0, 20);
    }
  }

  @Test
  void finishesWhatIsInHandWhenItsSizesOrItsAddressChange() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST, "batch", "10");
    try (DiscoveringTrigger trigger = trigger()) {
      for (int round = 0; round < 6; round++) {
        publish(nats, casts(100 * round, 100 * round + 100));
        URI url = round % 2 == 0 ? other.url() : one.url();
        cluster.makeReady("verify", url);
        cluster.annotate("verify", "batch", Integer.toString(300 + round));
        cluster.annotate("verify", "in-flight", "64");
      }
      awaitVerified(0, 600);
      Await.until(
          () ->
              durable(nats, "verify").getConsumerConfiguration().getMaxAckPending() == 2 * 64 * 305,
          "the durable has the last sizes");
      assertThat(parked()).isEmpty();
      assertThat(trigger.names()).containsExactly("verify");
    }
  }

  @Test
  void keepsThePlaceOfAServiceThatIsDeleted() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST);
    try (DiscoveringTrigger trigger = trigger()) {
      publish(nats, casts(0, 20));
      awaitVerified(0, 20);
      ZonedDateTime created = durable(nats, "verify").getCreationTime();
      cluster.delete("verify");
      Await.until(() -> trigger.names().isEmpty(), "stopped");
      publish(nats, casts(20, 30));
      Await.until(() -> unbound(trigger, "verify") == 10, "it is seen what nobody works on");
      cluster.add("verify", other.url(), "subject", CAST);
      awaitVerified(20, 30);
      assertThat(durable(nats, "verify").getCreationTime())
          .as("it goes on where it was")
          .isEqualTo(created);
      assertThat(new HashSet<>(verifiedEvents().stream().map(Casts::number).toList())).hasSize(30);
      Await.until(
          () -> trigger.trigger.meters.find("trigger_durable_unbound").gauges().isEmpty(),
          "nothing is left over");
    }
  }

  private static double unbound(DiscoveringTrigger trigger, String durable) {
    return trigger
        .trigger
        .meters
        .get("trigger_durable_unbound")
        .tag("durable", durable)
        .gauge()
        .value();
  }

  @Test
  void doesNotListenToSomethingElseByADurableThatIsInUse() throws Exception {
    cluster.add("verify", one.url(), "subject.cast", CAST);
    try (DiscoveringTrigger trigger = trigger()) {
      Await.until(() -> trigger.names().equals(List.of("verify-cast")), "bound");
      cluster.annotate("verify", "by.cast", "wake");
      Await.until(() -> trigger.stands("verify", "refused: verify-cast cannot listen"), "named");
      assertThat(trigger.trigger.bindings.configs())
          .singleElement()
          .matches(binding -> binding.kind() == By.STREAM);
      cluster.delete("verify");
      Await.until(() -> trigger.names().isEmpty(), "its durable is in use no more");
      cluster.add("verify", one.url(), "subject.cast", CAST, "by.cast", "wake");
      Await.until(() -> trigger.stands("verify", "bound"), "bound anew");
      Await.until(
          () ->
              durable(nats, StreamName.CASTS, "verify-cast")
                  .getConsumerConfiguration()
                  .isHeadersOnly(),
          "and its durable is what it wants");
    }
  }

  @Test
  void aWrongAnnotationHurtsNobody() throws Exception {
    cluster.add("verify", one.url(), "subject", CAST);
    cluster.add("results", other.url());
    try (DiscoveringTrigger trigger = trigger()) {
      Await.until(() -> trigger.names().equals(List.of("verify")), "bound");
      cluster.annotate("verify", "bacth", "500");
      cluster.add("dedup", other.url(), "subject", "voting.vote.lost.v1");
      Await.until(() -> trigger.stands("dedup", "refused: dedup: there is no event"), "named");
      Await.until(() -> trigger.stands("verify", "refused: nobody reads"), "named");
      cluster.add("audit", other.url(), "subject.cast", CAST);
      Await.until(() -> trigger.names().equals(List.of("audit-cast", "verify")), "others go on");
      publish(nats, casts(0, 20));
      awaitVerified(0, 20);
      assertThat(trigger.stands("results", "idle")).isTrue();
      assertThat(
              trigger
                  .meters
                  .get("trigger_service")
                  .tags("service", "verify", "state", "refused")
                  .gauge()
                  .value())
          .isEqualTo(1);
    }
  }
}
