package io.scrutin.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.event.EventType;
import io.scrutin.step.Listens.By;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingConfigTest {
  private static BindingConfig named(String name) {
    return TestTrigger.binding(name, By.STREAM, EventType.VOTE_CAST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a*", ">", "Verify", "-a"})
  void refusesANameThatIsNoPartOfASubject(String name) {
    assertThatThrownBy(() -> named(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesLimitsThatAreNone() {
    BindingConfig verify = TestTrigger.verify();
    assertThatThrownBy(() -> TestTrigger.sized(verify, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestTrigger.sized(verify, 5_001, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestTrigger.sized(verify, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestTrigger.pausing(verify, Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestTrigger.pausing(verify, Duration.ofMillis(5_001)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAKindThatDoesNotFitItsType() {
    assertThatThrownBy(() -> TestTrigger.binding("a", By.REQUEST, EventType.VOTE_CAST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TestTrigger.binding("a", By.STREAM, EventType.OUTCOME_ASKED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesATypeThatDoesNotExist() {
    assertThatThrownBy(
            () ->
                new BindingConfig(
                    "a",
                    By.STREAM,
                    "voting.vote.lost.v1",
                    "a",
                    null,
                    1,
                    1,
                    1,
                    Duration.ZERO,
                    Duration.ZERO))
        .hasMessageContaining("voting.vote.lost.v1");
  }

  @Test
  void leavesRoomForTwiceWhatIsInFlight() {
    assertThat(TestTrigger.sized(named("a"), 5_000, 10).maxAckPending()).isEqualTo(100_000);
    assertThat(named("a").maxAckPending()).isEqualTo(10_000);
  }

  @Test
  void refusesAFunctionThatIsNowhere() {
    try (FunctionCalls calls =
        new FunctionCalls(List.of(), TestTrigger.CODEC, Clock.systemUTC(), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> calls.to(named("verify")))
          .hasMessage("verify: verify has no url and is not in this process");
    }
  }
}
