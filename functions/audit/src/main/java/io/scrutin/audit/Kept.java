package io.scrutin.audit;

import io.scrutin.event.Contest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest report of each contest, for reports that cost: anybody may ask, so one is made at a
 * time in this process, and of a contest none while the last is young.
 */
final class Kept<T> {
  /** How a report is made. */
  interface Maker<T> {
    T make(Contest contest) throws SQLException;
  }

  private record Made<T>(T report, Instant at) {}

  private static final int LONGEST_WAIT_SECONDS = 5;

  private final Maker<T> maker;
  private final Duration maxAge;
  private final InstantSource clock;
  private final ReentrantLock making = new ReentrantLock();

  /** Bounded by the contests there are: who asks has looked the contest up. */
  private final Map<String, Made<T>> latest = new ConcurrentHashMap<>();

  Kept(Maker<T> maker, Duration maxAge, InstantSource clock) {
    this.maker = maker;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** Nothing when another takes so long that waiting for it makes no sense. */
  Optional<T> of(Contest contest) throws SQLException, InterruptedException {
    Optional<T> known = young(contest.lawId());
    if (known.isPresent()) {
      return known;
    }
    if (!making.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      return Optional.empty();
    }
    try {
      known = young(contest.lawId());
      return known.isPresent() ? known : Optional.of(make(contest));
    } finally {
      making.unlock();
    }
  }

  private T make(Contest contest) throws SQLException {
    T report = maker.make(contest);
    latest.put(contest.lawId(), new Made<>(report, clock.instant()));
    return report;
  }

  private Optional<T> young(String lawId) {
    Instant now = clock.instant();
    return Optional.ofNullable(latest.get(lawId))
        .filter(made -> !now.isBefore(made.at()) && now.isBefore(made.at().plus(maxAge)))
        .map(Made::report);
  }
}
