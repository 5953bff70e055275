package io.scrutin.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.StreamName;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StreamsCommandTest extends OnNats {
  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "SCRUTIN_NATS_URL",
            server.url(),
            "SCRUTIN_ENVIRONMENT",
            environment,
            "SCRUTIN_VOTERS",
            "100000",
            "SCRUTIN_REPLICAS",
            "1"));
  }

  @Test
  void declaresTheStreamsForThatManyVoters() throws Exception {
    String said = StreamsCommand.declare(environment(), PATIENCE);
    assertThat(configuration(StreamName.CASTS).getMaxBytes()).isEqualTo(204_800_000);
    assertThat(said).contains(environment).contains("100,000 voters").contains("each of 1 brokers");
  }

  @Test
  void declaredAgainNothingIsLost() throws Exception {
    StreamsCommand.declare(environment(), PATIENCE);
    publisher.publish(recorded(1)).join();
    StreamsCommand.declare(environment(), PATIENCE);
    assertThat(state(StreamName.VOTES).getMsgCount()).isEqualTo(1);
  }

  @Test
  void refusesAnEnvironmentThatLacksSomethingOrSaysNonsense() {
    Map<String, String> without = environment();
    without.remove("SCRUTIN_VOTERS");
    assertThatThrownBy(() -> StreamsCommand.declare(without, PATIENCE))
        .hasMessage("the environment variable SCRUTIN_VOTERS is missing");
    Map<String, String> nonsense = environment();
    nonsense.put("SCRUTIN_REPLICAS", "three");
    assertThatThrownBy(() -> StreamsCommand.declare(nonsense, PATIENCE))
        .hasMessageContaining("SCRUTIN_REPLICAS")
        .hasMessageContaining("'three'");
  }
}
