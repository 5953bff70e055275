package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.scrutin.event.ContestOpened;
import io.scrutin.testing.Await;
import io.scrutin.testing.TestNats;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker's time decides who comes in time, whatever this process takes the time to be. */
final class WrongClockTest {
  private static final String STEP = "test.clock-step";

  /** More than the minute that each contest here is open before and after now. */
  private static final int STEP_SECONDS = 176;

  @Factory
  @Requires(property = STEP)
  static final class WrongClock {
    @Singleton
    @Replaces(Clock.class)
    Clock clock(@Value("${" + STEP + "}") Duration step) {
      return Clock.offset(Clock.systemUTC(), step);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {STEP_SECONDS, -STEP_SECONDS})
  void takesTheFirstVotesAndTheLastWithAWrongClock(int seconds) throws Exception {
    Instant now = Instant.now();
    try (TestNats.Environment nats = with(now.minusSeconds(60), now.plusSeconds(60));
        SubmitServer submit = start(nats, seconds)) {
      assertThat(wrongBy(submit)).isEqualTo(seconds);
      Await.until(() -> status(submit) != 503, "the law is known");
      assertThat(status(submit)).isEqualTo(202);
      assertThat(submit.get("/api/v1/contests").body()).contains("\"state\":\"open\"");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {STEP_SECONDS, -STEP_SECONDS})
  void refusesWhoComesTooEarlyOrTooLateWithAWrongClock(int seconds) throws Exception {
    Instant now = Instant.now();
    Instant opens = seconds > 0 ? now.plusSeconds(60) : now.minusSeconds(120);
    try (TestNats.Environment nats = with(opens, opens.plusSeconds(60));
        SubmitServer submit = start(nats, seconds)) {
      Await.until(() -> status(submit) != 503, "the law is known");
      assertThat(status(submit)).isEqualTo(409);
    }
  }

  private static int status(SubmitServer submit) throws Exception {
    return submit.vote(Samples.vote(Samples.NAS, Samples.CODE, "law-1", "oui")).statusCode();
  }

  private static TestNats.Environment with(Instant opens, Instant closes) throws Exception {
    TestNats.Environment nats = TestNats.freshEnvironment();
    SubmitServer.announce(
        nats.connection(), nats.name(), new ContestOpened(Samples.contest("law-1", opens, closes)));
    return nats;
  }

  private static SubmitServer start(TestNats.Environment nats, int seconds) {
    return SubmitServer.start(nats.url(), nats.name(), Map.of(STEP, seconds + "s"));
  }

  private static long wrongBy(SubmitServer submit) {
    Duration wrong = Duration.between(Instant.now(), submit.bean(Clock.class).instant());
    return Math.round(wrong.toMillis() / 1000.0);
  }
}
