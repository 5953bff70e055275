package io.scrutin.audit;

import io.micronaut.context.annotation.Factory;
import io.scrutin.contest.Contests;
import io.scrutin.event.EventCodec;
import io.scrutin.web.GuardedSettings;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;

/** What audit is made of. The names keep functions apart that share one process. */
@Factory
final class AuditBeans {
  @Singleton
  @Named("audit")
  GuardedSettings settings() {
    return new GuardedSettings("audit", AuditConfig.class);
  }

  @Singleton
  @Named("audit")
  Contests contests(@Named("audit") DataSource database, EventCodec codec, Clock clock) {
    return new Contests(database, codec, clock, System::nanoTime);
  }

  @Singleton
  AuditBook book(@Named("audit") DataSource database) {
    return new AuditBook(database);
  }

  @Singleton
  Trails trails(@Named("audit") DataSource database) {
    return new Trails(database);
  }

  @Singleton
  Reports reports(@Named("audit-reports") DataSource database, AuditConfig config) {
    return new Reports(database, config.settlingTime());
  }

  @Singleton
  Lists lists(@Named("audit-reports") DataSource database) {
    return new Lists(database);
  }

  @Singleton
  Kept<Integrity> integrity(
      @Named("audit-reports") DataSource database,
      Reports reports,
      AuditConfig config,
      Clock clock) {
    Recount recount = new Recount(database);
    return new Kept<>(
        contest ->
            CheckIntegrity.of(
                contest, recount.of(contest.lawId()), reports.now(), config.settlingTime()),
        config.integrityMaxAge(),
        clock);
  }

  @Singleton
  Kept<Processing> processing(
      @Named("audit-reports") DataSource database,
      Reports reports,
      AuditConfig config,
      Clock clock) {
    Backlog backlog = new Backlog(database);
    return new Kept<>(
        contest -> {
          CheckProcessing.Observed observed = backlog.of(contest);
          Instant now = reports.now();
          Grain grain = Grain.of(contest, now, config.settlingTime(), observed.waiting());
          return CheckProcessing.of(contest.lawId(), observed, grain, now);
        },
        config.integrityMaxAge(),
        clock);
  }
}
