package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scrutin.credential.Nas;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final InetAddress SOMEBODY = InetAddress.ofLiteral("198.51.100.7");
  private static final InetAddress ANOTHER = InetAddress.ofLiteral("203.0.113.9");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private final AtomicLong clock = new AtomicLong();

  @Test
  void refusesAnAddressThatAsksTooOften() {
    Throttle throttle = new Throttle(config(0, 20), clock::get);
    for (int i = 0; i < 20; i++) {
      assertThat(throttle.admit(SOMEBODY)).isZero();
    }
    assertThat(throttle.admit(SOMEBODY)).isPositive().isLessThanOrEqualTo(Duration.ofMillis(50));
    assertThat(throttle.admit(ANOTHER)).isZero();
    clock.addAndGet(Duration.ofMillis(50).toNanos());
    assertThat(throttle.admit(SOMEBODY)).isZero();
  }

  @Test
  void countsNoRequestOfThisMachine() {
    Throttle throttle = new Throttle(config(0, 1), clock::get);
    for (int i = 0; i < 1000; i++) {
      assertThat(throttle.admit(LOOPBACK)).isZero();
    }
  }

  @Test
  void limitsTheInstanceForAllTogether() {
    Throttle throttle = new Throttle(config(2, 0), clock::get);
    assertThat(throttle.admit(SOMEBODY)).isZero();
    assertThat(throttle.admit(LOOPBACK)).isZero();
    assertThat(throttle.admit(ANOTHER)).isPositive();
  }

  /** Voters share buckets by chance; that two of a second's ten thousand do must not be felt. */
  @Test
  void holdsNobodyBackBecauseManyOthersVote() {
    Throttle throttle = new Throttle(config(0, 0), clock::get);
    long heldBack = 0;
    for (int voter = 0; voter < 400_000; voter++) {
      clock.addAndGet(Duration.ofSeconds(1).toNanos() / 10_000);
      heldBack += throttle.holdBack(nas(voter)).isZero() ? 0 : 1;
    }
    // With 2^16 buckets 13,000 were; with 2^20 one in ten runs sees one.
    assertThat(heldBack).isLessThan(4);
  }

  private static Nas nas(int number) {
    String digits = "%08d".formatted(10_000_000 + number);
    return IntStream.rangeClosed(0, 9)
        .mapToObj(check -> Nas.parse(digits + check))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void holdsBackWhoTriesOneNasManyTimesButAlwaysLetsThemOn() {
    Throttle throttle = new Throttle(config(0, 0), clock::get);
    Nas nas = Nas.parse(Samples.NAS).orElseThrow();
    for (int i = 0; i < 5; i++) {
      assertThat(throttle.holdBack(nas)).isZero();
    }
    assertThat(throttle.holdBack(nas)).isPositive();
    for (int i = 0; i < 10_000; i++) {
      assertThat(throttle.holdBack(nas)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
    assertThat(throttle.holdBack(Nas.parse(Samples.OTHER_NAS).orElseThrow())).isZero();
    clock.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(throttle.holdBack(nas)).isZero();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> config(-1, 20))
        .hasMessageContaining("submit.requests-per-second is at least 0");
  }

  private static SubmitConfig config(int perSecond, int perAddress) {
    return new SubmitConfig(
        Path.of("keys"),
        perSecond,
        perAddress,
        List.of(),
        5,
        12,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(3),
        false);
  }
}
