package io.scrutin.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeartbeatTest {
  @Test
  void isASourceThatPostsToTheFunctionsPath() {
    assertThat(Serialization.asYaml(Heartbeat.TALLY.in("scrutin")))
        .isEqualTo(
            """
            ---
            apiVersion: "sources.knative.dev/v1"
            kind: "PingSource"
            metadata:
              labels:
                scrutin.io/made-by: "doorkeeper"
              name: "heartbeat-tally"
              namespace: "scrutin"
            spec:
              schedule: "* * * * *"
              sink:
                ref:
                  apiVersion: "serving.knative.dev/v1"
                  kind: "Service"
                  name: "tally"
                  namespace: "scrutin"
                uri: "/events/tally"
            """);
  }

  /** Five fields: a sixth, for seconds, is refused by older releases. */
  @ParameterizedTest
  @EnumSource
  void beatsByTheMinute(Heartbeat heartbeat) {
    assertThat(heartbeat.in("a").getSpec().getSchedule().split(" ")).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void isKnownAgainAsKnativeCompletesIt(Heartbeat heartbeat) {
    PingSource found = heartbeat.in("a");
    found.getMetadata().setResourceVersion("3");
    found.getSpec().setTimezone("UTC");
    found.getSpec().getSink().setAdditionalProperty("audience", "x");
    assertThat(heartbeat.isBeatenBy(found)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void isNotKnownWhereScheduleOrSinkIsAnother(Heartbeat heartbeat) {
    PingSource rare = heartbeat.in("a");
    rare.getSpec().setSchedule("0 0 * * *");
    assertThat(heartbeat.isBeatenBy(rare)).isFalse();
    PingSource elsewhere = heartbeat.in("a");
    elsewhere.getSpec().getSink().setUri("/events/submit");
    assertThat(heartbeat.isBeatenBy(elsewhere)).isFalse();
    PingSource other = heartbeat.in("a");
    other.getSpec().getSink().getRef().setName("submit");
    assertThat(heartbeat.isBeatenBy(other)).isFalse();
    PingSource empty = heartbeat.in("a");
    empty.setSpec(null);
    assertThat(heartbeat.isBeatenBy(empty)).isFalse();
  }
}
