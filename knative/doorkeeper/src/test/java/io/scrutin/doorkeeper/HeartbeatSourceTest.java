package io.scrutin.doorkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HeartbeatSourceTest {
  @Test
  void isASourceThatPostsToTheFunctionsPath() {
    assertThat(Serialization.asYaml(HeartbeatSource.of(Heartbeat.TALLY, "scrutin")))
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
              contentType: "application/json"
              data: "{}"
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
    assertThat(HeartbeatSource.of(heartbeat, "a").getSpec().getSchedule().split(" ")).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void isKnownAgainAsKnativeCompletesIt(Heartbeat heartbeat) {
    PingSource found = HeartbeatSource.of(heartbeat, "a");
    found.getMetadata().setResourceVersion("3");
    found.getSpec().setTimezone("UTC");
    found.getSpec().getSink().setAdditionalProperty("audience", "x");
    assertThat(HeartbeatSource.found(found).current()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void isNotKnownWhereScheduleOrSinkIsAnother(Heartbeat heartbeat) {
    PingSource rare = HeartbeatSource.of(heartbeat, "a");
    rare.getSpec().setSchedule("0 0 * * *");
    assertThat(HeartbeatSource.found(rare).current()).isFalse();
    PingSource elsewhere = HeartbeatSource.of(heartbeat, "a");
    elsewhere.getSpec().getSink().setUri("/events/submit");
    assertThat(HeartbeatSource.found(elsewhere).current()).isFalse();
    PingSource other = HeartbeatSource.of(heartbeat, "a");
    other.getSpec().getSink().getRef().setName("submit");
    assertThat(HeartbeatSource.found(other).current()).isFalse();
    PingSource empty = HeartbeatSource.of(heartbeat, "a");
    empty.setSpec(null);
    assertThat(HeartbeatSource.found(empty).current()).isFalse();
  }
}
