package io.scrutin.audit;

import io.scrutin.event.Contest;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** The latest integrity check of each contest; at most one runs at a time in this process. */
@Singleton
final class IntegrityChecks {
  private static final int LONGEST_WAIT_SECONDS = 5;

  private final Recount recount;
  private final AuditConfig config;
  private final Clock clock;
  private final ReentrantLock running = new ReentrantLock();

  /** Bounded by the contests there are: who asks has looked the contest up. */
  private final Map<String, Integrity> latest = new ConcurrentHashMap<>();

  IntegrityChecks(Recount recount, AuditConfig config, Clock clock) {
    this.recount = recount;
    this.config = config;
    this.clock = clock;
  }

  /** Nothing when another check takes so long that waiting for it makes no sense. */
  Optional<Integrity> of(Contest contest) throws SQLException, InterruptedException {
    Optional<Integrity> known = fresh(contest.lawId());
    if (known.isPresent()) {
      return known;
    }
    if (!running.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
      return Optional.empty();
    }
    try {
      known = fresh(contest.lawId());
      return known.isPresent() ? known : Optional.of(check(contest));
    } finally {
      running.unlock();
    }
  }

  private Integrity check(Contest contest) throws SQLException {
    Figures figures = recount.of(contest.lawId());
    Integrity checked = CheckIntegrity.of(contest, figures, clock.instant());
    latest.put(contest.lawId(), checked);
    return checked;
  }

  private Optional<Integrity> fresh(String lawId) {
    Instant now = clock.instant();
    return Optional.ofNullable(latest.get(lawId))
        .filter(check -> !now.isBefore(check.checkedAt()))
        .filter(check -> now.isBefore(check.checkedAt().plus(config.integrityMaxAge())));
  }
}
