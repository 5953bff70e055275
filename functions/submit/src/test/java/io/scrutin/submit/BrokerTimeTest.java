package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.scrutin.event.StreamName;
import io.scrutin.testing.TestNats;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class BrokerTimeTest {
  private static TestNats.Environment nats;
  private static String stream;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final BrokerTime time = new BrokerTime(nanos::get);

  @BeforeAll
  static void start() throws Exception {
    nats = TestNats.freshEnvironment();
    stream = StreamName.VOTES.in(nats.name());
  }

  @AfterAll
  static void stop() {
    nats.close();
  }

  @Test
  void tellsNoTimeBeforeTheBrokerDid() {
    assertThat(time.isDue()).isTrue();
    assertThatThrownBy(time::instant).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void goesOnFromWhatTheBrokerSaid() throws Exception {
    time.read(nats.connection(), stream);
    Instant read = time.instant();
    // Both are of this machine.
    assertThat(read).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
    nanos.addAndGet(Duration.ofMinutes(9).toNanos());
    assertThat(time.instant()).isEqualTo(read.plus(Duration.ofMinutes(9)));
    assertThat(time.isDue()).isFalse();
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(time.isDue()).isTrue();
  }

  @Test
  void leavesNothingWithTheBroker() throws Exception {
    time.read(nats.connection(), stream);
    assertThat(nats.connection().jetStreamManagement().getConsumerNames(stream)).isEmpty();
  }

  @Test
  void believesNoAnswerThatWasLongOnItsWay() throws Exception {
    BrokerTime slow = new BrokerTime(() -> nanos.addAndGet(Duration.ofSeconds(3).toNanos()));
    assertThatThrownBy(() -> slow.read(nats.connection(), stream))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3000 ms");
    assertThatThrownBy(slow::instant).isInstanceOf(IllegalStateException.class);
  }
}
