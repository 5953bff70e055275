package io.scrutin.reconcile;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.scrutin.books.Balance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the last looks found, for metrics and health. Of this process: it begins anew with one that
 * was asleep, so that what must not be missed is in the log.
 */
final class BooksWatch {
  /**
   * @param compared whether Redis was there, so that no difference is missing
   * @param differences of each contest that was looked at
   */
  record Seen(Instant at, boolean compared, Map<String, Long> differences) {
    Seen {
      differences = Map.copyOf(differences);
    }

    boolean balanced() {
      return compared && differences.values().stream().allMatch(found -> found == 0);
    }
  }

  private final Clock clock;
  private final MultiGauge differences;
  private final Timer duration;
  private volatile @Nullable Seen last;
  private volatile @Nullable Instant balancedAt;

  BooksWatch(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.differences =
        MultiGauge.builder("reconcile_differences")
            .description("what the books of a contest differ by, at the last look")
            .register(registry);
    this.duration =
        Timer.builder("reconcile_look").description("how long a look takes").register(registry);
    Gauge.builder("reconcile_balanced_age_seconds", this, BooksWatch::balancedAge)
        .description("since all books were seen to balance; nothing before the first time")
        .register(registry);
  }

  Seen saw(List<Balance> balances, Duration took) {
    Map<String, Long> found = new TreeMap<>();
    balances.forEach(balance -> found.put(balance.lawId(), differences(balance)));
    boolean compared =
        balances.stream().noneMatch(balance -> balance.notes().contains(Balance.REDIS_AWAY));
    Seen seen = new Seen(clock.instant(), compared, found);
    duration.record(took);
    differences.register(
        found.entrySet().stream()
            .map(entry -> MultiGauge.Row.of(Tags.of("law", entry.getKey()), entry.getValue()))
            .toList(),
        true);
    if (seen.balanced()) {
      balancedAt = seen.at();
    }
    last = seen;
    return seen;
  }

  /** Figures that disagree are differences also where no id is listed with them. */
  static long differences(Balance balance) {
    long lines = balance.lines().stream().filter(line -> !line.agrees()).count();
    return Math.max(balance.found(), lines);
  }

  Optional<Seen> last() {
    return Optional.ofNullable(last);
  }

  private double balancedAge() {
    Instant at = balancedAt;
    return at == null ? Double.NaN : Duration.between(at, clock.instant()).toMillis() / 1e3;
  }
}
